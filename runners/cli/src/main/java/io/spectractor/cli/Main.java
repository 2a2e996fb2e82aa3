package io.spectractor.cli;

import io.spectractor.batch.ExitCode;
import io.spectractor.batch.UsageException;
import io.spectractor.batch.logs.ProcessLog;
import io.spectractor.batch.logs.StreamCopy;
import io.spectractor.batch.resources.Activity;
import io.spectractor.batch.run.ProgressMeter;
import io.spectractor.calib.EmbeddedCalibration;
import io.spectractor.core.pipeline.SpectrumExtractor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Where the program starts, and the only place where it ends. */
public final class Main {
    /** Kept here, for loggers that nobody holds forget their level. */
    private static final Logger FITS_LIBRARY = Logger.getLogger("nom.tam.fits");

    private static final Logger TABLE_LIBRARY = Logger.getLogger("uk.ac.starlink");

    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Main() {}

    public static void main(String[] args) {
        // before anybody takes hold of them
        StreamCopy.install();
        if (Arrays.stream(args).anyMatch(a -> a.equals("-v") || a.equals("--verbose"))) {
            // read once, when the first logger is made
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
            System.setProperty("spectractor.log", "info");
        } else {
            // what it finds wrong with a file comes as an exception too, and is said in one line
            FITS_LIBRARY.setLevel(Level.OFF);
            TABLE_LIBRARY.setLevel(Level.WARNING);
        }
        SignalGuard guard = new SignalGuard(System.err);
        String[] own;
        try {
            own = Schedulers.ownArguments(args);
        } catch (UsageException e) {
            System.err.println("spectractor: " + e.getMessage());
            // threads of the library that refused would keep the process alive
            Runtime.getRuntime().halt(ExitCode.USAGE.code());
            return;
        }
        runAndExit(services(guard), guard, own);
    }

    /** Runs a command and ends the process with its exit code, also when a signal stops it. */
    static void runAndExit(Services services, SignalGuard guard, String... args) {
        guard.install();
        int code;
        try {
            code = Commands.execute(services, args);
        } catch (Throwable e) {
            // else the hook would wait for a run that has ended, and the process would never end
            services.err()
                    .println("spectractor: an internal error or too little memory (" + e + "); 'resume' does the rest");
            e.printStackTrace(services.err());
            code = ExitCode.BUG.code();
        }
        ProcessLog.flush();
        guard.finished(code);
        if (isDriverInYarn()) {
            // whose application master takes an exit for a crash, and starts the driver once more
            if (code != ExitCode.ALL_DONE.code()) {
                throw new IllegalStateException("the command ended with exit code " + code);
            }
            return;
        }
        System.exit(code);
    }

    /** Whether this process is the master of an application of YARN, as {@code spark-submit --deploy-mode cluster} has it. */
    private static boolean isDriverInYarn() {
        return System.getenv("CONTAINER_ID") != null && "cluster".equals(System.getProperty("spark.submit.deployMode"));
    }

    private static Services services(SignalGuard guard) {
        boolean terminal = isTerminal(STANDARD_ERROR) && !"dumb".equals(System.getenv("TERM"));
        String noColour = System.getenv("NO_COLOR");
        boolean colour = terminal && (noColour == null || noColour.isEmpty());
        return new Services(
                System.out,
                System.err,
                new ProgressMeter.Style(terminal, colour, false),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                EmbeddedCalibration::load,
                (config, calibration) ->
                        new SpectrumExtractor(config, calibration).watchedBy(Activity.ofProcess()::stage)::extract,
                guard::onRun);
    }

    /** Whether a stream of ours is a terminal; Java can only tell for two streams at once, and not in all versions. */
    private static boolean isTerminal(Path stream) {
        try {
            String device = Files.readSymbolicLink(stream).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
