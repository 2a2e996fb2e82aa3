package io.spectractor.serve.adql;

import io.spectractor.serve.data.BusyException;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.TableSpec;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.Statements;
import net.sf.jsqlparser.statement.select.Select;

/** ADQL 2.1 in the engine's SQL, which is written from the tree alone: what is not known in it never gets there. */
public final class Adql {
    private static final int LONGEST = 50_000;
    private static final int DEEPEST = 60;
    private static final int LONGEST_PARSE_S = 5;
    private static final int LONGEST_WAIT_S = 30;
    /** A query that is made to be hard to read takes a processor for seconds. */
    private static final Semaphore PARSING =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

    private static final ExecutorService PARSERS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "adql-parser");
        thread.setDaemon(true);
        return thread;
    });

    private Adql() {}

    /**
     * Translates a query.
     *
     * @param query the text
     * @param tables the tables that it may ask
     * @throws QueryRejectedException if it is not a query, or asks for what there is not
     * @throws BusyException if too many are read at the moment
     */
    public static TranslatedQuery translate(String query, List<TableSpec> tables) {
        if (query.length() > LONGEST) {
            throw new QueryRejectedException("the query has " + query.length() + " characters; at most " + LONGEST
                    + " are taken. Long lists go into an uploaded table");
        }
        checkDepth(query);
        try {
            Statement statement = parsed(query);
            if (!(statement instanceof Select select)) {
                throw new QueryRejectedException("only queries are answered: SELECT ...");
            }
            return new SelectWriter(tables).write(select, null);
        } catch (StackOverflowError e) {
            throw new QueryRejectedException("the query is nested too deeply", e);
        }
    }

    private static Statement parsed(String query) {
        // the parser's own helpers leave threads behind, and one that ends a parse that takes for ever is needed
        CCJSqlParser parser = CCJSqlParserUtil.newParser(query)
                .withSquareBracketQuotation(false)
                .withAllowComplexParsing(true);
        List<Statement> statements;
        try {
            if (!PARSING.tryAcquire(LONGEST_WAIT_S, TimeUnit.SECONDS)) {
                throw new BusyException();
            }
            Future<Statements> parse = PARSERS.submit(() -> {
                try {
                    return parser.Statements();
                } finally {
                    PARSING.release();
                }
            });
            statements = parse.get(LONGEST_PARSE_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new QueryRejectedException("this is not valid ADQL: " + reason(e), e);
        } catch (TimeoutException e) {
            parser.interrupted = true;
            throw new QueryRejectedException(
                    "the query is too involved: it took longer than " + LONGEST_PARSE_S + " s to read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryRejectedException("the query was stopped", e);
        }
        if (statements == null || statements.size() != 1 || statements.get(0) == null) {
            throw new QueryRejectedException("one query at a time, and not an empty one");
        }
        return statements.get(0);
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        int end = message.indexOf("Was expecting");
        String first = (end > 0 ? message.substring(0, end) : message).strip().replaceAll("\\s+", " ");
        return first.length() > 300 ? first.substring(0, 300) + "..." : first;
    }

    private static void checkDepth(String query) {
        int depth = 0;
        boolean text = false;
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            text ^= c == '\'';
            if (!text) {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
            if (depth > DEEPEST) {
                throw new QueryRejectedException(
                        "the query has more than " + DEEPEST + " parentheses inside of each other");
            }
        }
    }
}
