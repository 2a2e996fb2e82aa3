package io.spectractor.serve.adql;

import io.spectractor.serve.data.QueryRejectedException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a node of the parser's tree may contain. The parser knows many dialects, and what it gains with a new version nobody
 * here has thought of: whatever a node has besides what is translated stops the query.
 */
final class SyntaxTree {
    private static final Map<Class<?>, List<Method>> GETTERS = new ConcurrentHashMap<>();
    /** Other views of what a node has, and notes of the parser to itself. */
    private static final Set<String> NOTES = Set.of(
            "getClass",
            "getParent",
            "getASTNode",
            "getStringExpression",
            "getOldOracleJoinSyntax",
            "getOraclePriorPosition");

    private SyntaxTree() {}

    /**
     * Checks that a node has nothing but what is named.
     *
     * @param node the node
     * @param known its getters that the caller looks at
     * @throws QueryRejectedException if something else in it is set
     */
    static void only(Object node, String... known) {
        List<String> names = Arrays.asList(known);
        for (Method getter : GETTERS.computeIfAbsent(node.getClass(), SyntaxTree::getters)) {
            if (!names.contains(getter.getName()) && isSet(value(getter, node))) {
                throw new QueryRejectedException(
                        "'" + shortened(node.toString()) + "' has a part that ADQL does not know ("
                                + getter.getName().replaceFirst("^(get|is)", "") + ")");
            }
        }
    }

    /** A text for a message. */
    static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    private static List<Method> getters(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getParameterCount() == 0
                        && method.getTypeParameters().length == 0
                        && method.getReturnType() != void.class
                        && method.getName().matches("(get|is)[A-Z].*")
                        && !NOTES.contains(method.getName()))
                .toList();
    }

    private static Object value(Method getter, Object node) {
        try {
            Object value = getter.invoke(node);
            return value == null ? false : value;
        } catch (InvocationTargetException e) {
            // a view of the node as another kind, which it is not, or of a part that it does not have
            if (e.getCause() instanceof ClassCastException || e.getCause() instanceof NullPointerException) {
                return false;
            }
            throw new QueryRejectedException("a part of the query cannot be understood (" + getter.getName() + ")", e);
        } catch (IllegalAccessException e) {
            throw new QueryRejectedException("a part of the query cannot be understood (" + getter.getName() + ")", e);
        }
    }

    private static boolean isSet(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        return !(value instanceof Collection<?> list) || !list.isEmpty();
    }
}
