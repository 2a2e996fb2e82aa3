package io.spectractor.spark;

import io.spectractor.batch.logs.ProcessLog;
import io.spectractor.batch.logs.StreamCopy;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.OutputStreamAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.spark.util.ShutdownHookManager;
import scala.runtime.AbstractFunction0;
import scala.runtime.BoxedUnit;

/** What Spark has to be told so that the run folder gets the messages of its processes; see {@link ProcessLog}. */
final class LogCopy {
    private static final String NAME = "spectractor-run-folder";
    private static final String PATTERN = "%d{HH:mm:ss} %p %c{1}: %m%n%ex";
    /** Before Hadoop's file systems are closed, and after everything that we have to say at the end. */
    private static final int BEFORE_FILE_SYSTEMS = 80;

    private static boolean executorIsSet;

    private LogCopy() {}

    /** The logger that spark-submit made took hold of standard error before this program did: it writes to the log too. */
    static void ofLogger() {
        if (System.getProperty("SPARK_SUBMIT") == null || System.getenv("CONTAINER_ID") != null) {
            return;
        }
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        Configuration configuration = context.getConfiguration();
        if (configuration.getAppender(NAME) == null) {
            OutputStreamAppender appender = OutputStreamAppender.newBuilder()
                    .setName(NAME)
                    .setTarget(StreamCopy.logOnly())
                    .setLayout(PatternLayout.newBuilder().withPattern(PATTERN).build())
                    .setConfiguration(configuration)
                    .build();
            appender.start();
            configuration.addAppender(appender);
            configuration.getRootLogger().addAppender(appender, null, null);
            context.updateLoggers();
        }
    }

    /** The library that reads calibration data warns of every attribute, thousands of times. */
    static void quietLibraries() {
        Configurator.setLevel("io.jhdf", Level.ERROR);
    }

    /** An executor ends without a word to us; what it said last is written before Hadoop goes. */
    static synchronized void inExecutor() {
        if (!executorIsSet) {
            executorIsSet = true;
            quietLibraries();
            ShutdownHookManager.addShutdownHook(BEFORE_FILE_SYSTEMS, new Flush());
        }
    }

    private static final class Flush extends AbstractFunction0<BoxedUnit> {
        @Override
        public BoxedUnit apply() {
            ProcessLog.flush();
            return BoxedUnit.UNIT;
        }
    }
}
