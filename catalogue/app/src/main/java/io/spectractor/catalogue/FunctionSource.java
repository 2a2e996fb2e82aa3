package io.spectractor.catalogue;

import io.spectractor.catalogue.series.SeriesExpression;
import io.spectractor.catalogue.series.SeriesFunction;
import io.spectractor.hats.CatalogueException;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a function over light curves is made of: a class with parameters, or an expression. */
final class FunctionSource implements Serializable {
    private static final long serialVersionUID = 1;

    private final @Nullable String function;
    private final @Nullable String expression;
    private final TreeMap<String, String> parameters;

    private FunctionSource(@Nullable String function, @Nullable String expression, Map<String, String> parameters) {
        this.function = function;
        this.expression = expression;
        this.parameters = new TreeMap<>(parameters);
    }

    /** A class that implements {@link SeriesFunction}. */
    static FunctionSource ofClass(String name, Map<String, String> parameters) {
        return new FunctionSource(name, null, parameters);
    }

    /** An expression, as {@link SeriesExpression} knows it. */
    static FunctionSource ofExpression(String text) {
        return new FunctionSource(null, text, Map.of());
    }

    /**
     * Makes the function.
     *
     * @throws CatalogueException if there is no such class, or it refuses
     * @throws IllegalArgumentException if a parameter or the expression makes no sense
     */
    SeriesFunction make() {
        return function == null ? new SeriesExpression(String.valueOf(expression)) : made(function, parameters);
    }

    private static SeriesFunction made(String function, Map<String, String> parameters) {
        Object made;
        try {
            // a class that came with a task is not on the class path of this program's own loader
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            Class<?> type =
                    Class.forName(function, true, loader == null ? FunctionSource.class.getClassLoader() : loader);
            made = hasParameters(type)
                    ? type.getConstructor(Map.class).newInstance(new TreeMap<>(parameters))
                    : type.getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new CatalogueException(
                    "there is no class " + function
                            + " on the class path; put its jar or folder into SPECTRACTOR_CLASSPATH",
                    e);
        } catch (InvocationTargetException e) {
            throw new CatalogueException(function + " refuses its parameters: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new CatalogueException(
                    function + " needs to be public, with a public constructor without arguments or of a Map", e);
        }
        if (made instanceof SeriesFunction good) {
            return good;
        }
        throw new CatalogueException(function + " does not implement " + SeriesFunction.class.getName());
    }

    private static boolean hasParameters(Class<?> type) {
        for (var constructor : type.getConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Map.class) {
                return true;
            }
        }
        return false;
    }
}
