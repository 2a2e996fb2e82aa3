package io.spectractor.serve.adql;

import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.operators.arithmetic.Addition;
import net.sf.jsqlparser.expression.operators.arithmetic.Division;
import net.sf.jsqlparser.expression.operators.arithmetic.Multiplication;
import net.sf.jsqlparser.expression.operators.arithmetic.Subtraction;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import org.jspecify.annotations.Nullable;

/** The value of expressions that have no columns. */
final class Constants {
    private Constants() {}

    /** The value, null if it is not constant, or not one of double arithmetic. */
    static @Nullable Double value(Expression e) {
        if (e instanceof LongValue number) {
            return number.getBigIntegerValue().doubleValue();
        }
        if (e instanceof DoubleValue number) {
            return number.getValue();
        }
        if (e instanceof SignedExpression signed) {
            Double value = value(signed.getExpression());
            return value == null ? null : signed.getSign() == '-' ? -value : value;
        }
        if (e instanceof ParenthesedExpressionList<?> list && list.size() == 1) {
            return value(list.get(0));
        }
        return e instanceof BinaryExpression two ? binary(two) : null;
    }

    private static @Nullable Double binary(BinaryExpression two) {
        Double a = value(two.getLeftExpression());
        Double b = value(two.getRightExpression());
        if (a == null || b == null) {
            return null;
        }
        if (two instanceof Addition) {
            return a + b;
        }
        if (two instanceof Subtraction) {
            return a - b;
        }
        if (two instanceof Multiplication) {
            return a * b;
        }
        // of two whole numbers the engine makes a whole one
        boolean whole = isWhole(two.getLeftExpression()) && isWhole(two.getRightExpression());
        return two instanceof Division && !whole ? (Double) (a / b) : null;
    }

    private static boolean isWhole(Expression e) {
        return !(e instanceof DoubleValue);
    }
}
