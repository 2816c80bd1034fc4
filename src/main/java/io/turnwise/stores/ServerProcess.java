package io.turnwise.stores;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server that is proven to serve one folder, and so may be stopped by the owner of that folder. */
record ServerProcess(ProcessHandle handle) {
    private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);
    private static final Path PROC = Path.of("/proc");
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(5);

    /** One way to ask a server to stop, and how long it may take before the next way is tried. */
    record Ask(String signal, Duration within) {}

    /** The process that a pid file names, if it is alive and really is {@code program} serving {@code home}. */
    static Optional<ServerProcess> find(Path pidFile, String program, Path home) {
        return pidIn(pidFile)
                .flatMap(ProcessHandle::of)
                .filter(handle -> isRunning(handle.pid()) && serves(handle, program, home))
                .map(ServerProcess::new);
    }

    /** The pid in the first line of a file. */
    static Optional<Long> pidIn(Path pidFile) {
        try (var lines = Files.lines(pidFile, StandardCharsets.ISO_8859_1)) {
            return lines.findFirst().map(String::strip).map(Long::parseLong).filter(pid -> pid > 0);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether that process lives; one that is defunct (ended, not yet collected by its parent) does not. */
    static boolean isRunning(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() && !isDefunct(pid);
    }

    static String describe(long pid) {
        var info = ProcessHandle.of(pid).map(ProcessHandle::info);
        String command = info.flatMap(ProcessHandle.Info::command).orElse("unknown command");
        return info.flatMap(ProcessHandle.Info::startInstant)
                .map(start -> command + ", running since " + start)
                .orElse(command);
    }

    long pid() {
        return handle.pid();
    }

    boolean isRunning() {
        return handle.isAlive() && !isDefunct(handle.pid());
    }

    /** Asks in one way after the other, then kills; returns when the process is gone. */
    void stop(List<Ask> asks) {
        for (Ask ask : asks) {
            signal(ask.signal());
            if (Waiting.until(() -> !isRunning(), ask.within())) {
                return;
            }
            log.warn(
                    "Process {} has not ended {} s after SIG{}",
                    pid(),
                    ask.within().toSeconds(),
                    ask.signal());
        }
        handle.destroyForcibly();
        if (!Waiting.until(() -> !isRunning(), KILLED_WITHIN)) {
            throw new StoreFailure("Process %d (%s) cannot be killed.".formatted(pid(), describe(pid())));
        }
    }

    private void signal(String name) {
        if (!isRunning()) {
            return;
        }
        try {
            // Java itself sends SIGTERM and SIGKILL only; kill is built into every shell, where no image lacks it.
            new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new StoreFailure("Process " + pid() + " cannot be signalled: " + e, e);
        } catch (InterruptedException e) {
            throw Waiting.interrupted(e);
        }
    }

    // The number in a pid file may long belong to somebody else. Both servers make their folder the working directory.
    private static boolean serves(ProcessHandle handle, String program, Path home) {
        Optional<Path> command = handle.info().command().map(text -> Path.of(text.replace(" (deleted)", "")));
        if (command.isEmpty() || !command.get().endsWith(program)) {
            return false;
        }
        try {
            Path real = home.toRealPath();
            if (Files.isDirectory(PROC)) {
                Path cwd = Files.readSymbolicLink(
                        PROC.resolve(Long.toString(handle.pid())).resolve("cwd"));
                return cwd.equals(real);
            }
            // macOS tells neither the working directory nor, of a Redis, the arguments it was started with.
            return command.get().startsWith(real)
                    || handle.info().commandLine().orElse("").contains(real.toString());
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isDefunct(long pid) {
        try {
            String stat =
                    Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
            char state = stat.charAt(stat.lastIndexOf(')') + 2); // the name before it may hold anything
            return state == 'Z' || state == 'X';
        } catch (IOException e) {
            return false;
        }
    }
}
