package io.spectractor.serve.adql;

import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.InExpression;

/**
 * JSqlParser 5.3 takes all that follows {@code x IN (...)} as part of the list: {@code x IN ((SELECT ...) AND y OR
 * z)}. Here the condition is put together as it was written, AND before OR.
 */
final class Conditions {
    /** Operands and what stands between them: one more operand than words. */
    private record Chain(List<Expression> operands, List<Boolean> ors) {}

    private Conditions() {}

    /** The condition as it was written; the same object where nothing is wrong. */
    static Expression parenthesised(Expression e) {
        if (!(e instanceof AndExpression || e instanceof OrExpression || isWrong(e))) {
            return e;
        }
        Chain chain = new Chain(new ArrayList<>(), new ArrayList<>());
        if (!flatten(e, chain)) {
            return e;
        }
        List<Expression> alternatives = new ArrayList<>();
        alternatives.add(chain.operands().get(0));
        for (int i = 0; i < chain.ors().size(); i++) {
            Expression next = chain.operands().get(i + 1);
            int last = alternatives.size() - 1;
            if (chain.ors().get(i)) {
                alternatives.add(next);
            } else {
                alternatives.set(last, new AndExpression(alternatives.get(last), next));
            }
        }
        return alternatives.stream().reduce(OrExpression::new).orElseThrow();
    }

    private static boolean isWrong(Expression e) {
        return e instanceof NotExpression not
                ? isWrong(not.getExpression())
                : e instanceof InExpression in
                        && (in.getRightExpression() instanceof AndExpression
                                || in.getRightExpression() instanceof OrExpression);
    }

    /** Whether something was wrong in what was appended. */
    private static boolean flatten(Expression e, Chain chain) {
        if (e instanceof AndExpression || e instanceof OrExpression) {
            BinaryExpression two = (BinaryExpression) e;
            boolean left = flatten(two.getLeftExpression(), chain);
            chain.ors().add(e instanceof OrExpression);
            return flatten(two.getRightExpression(), chain) || left;
        }
        if (!isWrong(e)) {
            chain.operands().add(e);
            return false;
        }
        InExpression in = in(e);
        int at = chain.operands().size();
        flatten(in.getRightExpression(), chain);
        chain.operands().set(at, with(e, chain.operands().get(at)));
        return true;
    }

    private static InExpression in(Expression e) {
        return e instanceof NotExpression not ? in(not.getExpression()) : (InExpression) e;
    }

    private static Expression with(Expression e, Expression list) {
        if (e instanceof NotExpression not) {
            return new NotExpression(with(not.getExpression(), list));
        }
        InExpression in = (InExpression) e;
        InExpression parenthesised = new InExpression(in.getLeftExpression(), list);
        parenthesised.setNot(in.isNot());
        return parenthesised;
    }
}
