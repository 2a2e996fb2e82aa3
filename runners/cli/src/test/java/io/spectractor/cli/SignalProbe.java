package io.spectractor.cli;

import java.nio.file.Path;

/** The program with the fake engine in a process of its own, to be sent signals or, by a property, to break. */
final class SignalProbe {
    private SignalProbe() {}

    public static void main(String[] args) {
        SignalGuard guard = new SignalGuard(System.err);
        FakeProgram program = new FakeProgram(Path.of("").toAbsolutePath()).onRun(control -> {
            guard.onRun(control);
            if (Boolean.getBoolean("spectractor.test.error")) {
                throw new StackOverflowError("of the test");
            }
        });
        Main.runAndExit(program.services(System.out, System.err), guard, args);
    }
}
