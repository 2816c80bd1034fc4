package io.turnwise.stores;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that holds what one Turnwise process keeps on disk, locked for as long as that process uses it. */
public final class DataFolder implements AutoCloseable {
    static final FileAttribute<Set<PosixFilePermission>> FOLDER_OF_OWNER = permissions("rwx------");
    static final FileAttribute<Set<PosixFilePermission>> FILE_OF_OWNER = permissions("rw-------");

    private static final Logger log = LoggerFactory.getLogger(DataFolder.class);
    private static final String LOCK_FILE = "turnwise.lock";
    private static final long LOCK_POLL_MILLIS = 100;
    private static final int SHORTEST_SECRET_BYTES = 32;
    private static final Pattern SECRET_NAME = Pattern.compile("[a-z0-9-]{1,64}");
    // The path is quoted into a shell command (by pg_ctl) and into a Redis configuration file.
    private static final Pattern UNUSABLE_PATH = Pattern.compile(".*[\"'$`\\\\\\p{Cntrl}].*");
    // POSIX drops a process's lock when the process closes ANY channel on the file: within one process the lock file
    // must
    // not even be opened while it is held, so who holds what in here is kept in memory.
    private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();
    // A channel that nobody refers to is closed by the garbage collector, and its lock with it.
    private static final Set<FileChannel> LOCKED_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final boolean isNew;
    private final FileChannel channel;
    private boolean closed;

    private DataFolder(Path path, boolean isNew, FileChannel channel) {
        this.path = path;
        this.isNew = isNew;
        this.channel = channel;
    }

    /**
     * Opens the folder, which is created if there is none.
     *
     * @param maxWait how long to wait for another process to leave the folder
     * @throws StoreFailure if the folder cannot be used, or somebody else still uses it after that time
     */
    public static DataFolder open(Path path, Duration maxWait) {
        return open(path, maxWait, () -> false);
    }

    /**
     * The same, for somebody who may lose interest.
     *
     * @param abandoned whether to wait no longer; looked at after each try
     */
    public static DataFolder open(Path path, Duration maxWait, BooleanSupplier abandoned) {
        Path folder = create(path);
        long deadline = System.nanoTime() + maxWait.toNanos();
        boolean told = false;
        while (true) {
            DataFolder opened = tryOpen(folder);
            if (opened != null) {
                return opened;
            }
            if (abandoned.getAsBoolean() || System.nanoTime() - deadline >= 0) {
                throw new StoreFailure(
                        ("The data folder %s is in use by %s. Stop that one first, or give this one another"
                                        + " folder.")
                                .formatted(folder, holder(folder)));
            }
            if (!told) {
                log.warn(
                        "The data folder {} is in use by {}; waiting up to {} s for it",
                        folder,
                        holder(folder),
                        maxWait.toSeconds());
                told = true;
            }
            Waiting.pause(LOCK_POLL_MILLIS);
        }
    }

    public Path path() {
        return path;
    }

    /** Whether nobody has opened this folder before. */
    public boolean isNew() {
        return isNew;
    }

    /** The secret of that name, base64url; made from {@code randomBytes} random bytes when first asked for. */
    public String secret(String name, int randomBytes) {
        if (randomBytes < SHORTEST_SECRET_BYTES) {
            throw new IllegalArgumentException("a secret has at least " + SHORTEST_SECRET_BYTES + " random bytes");
        }
        Path file = secretFile(name);
        try {
            if (!Files.exists(file)) {
                writeSecret(file, randomBytes);
            }
            Files.setPosixFilePermissions(file, FILE_OF_OWNER.value());
            String secret = Files.readString(file, StandardCharsets.US_ASCII).strip();
            if (secret.isEmpty()) {
                throw new StoreFailure("The secret in " + file
                        + " is empty: put it back from a backup, or delete the file" + " to have a new one made.");
            }
            return secret;
        } catch (IOException e) {
            throw new StoreFailure("The secret in " + file + " can be neither read nor made: " + e, e);
        }
    }

    /** Whether {@link #secret} has made this secret already. */
    public boolean hasSecret(String name) {
        return Files.exists(secretFile(name));
    }

    /** Where {@link #secret} keeps the secret of that name. */
    Path secretFile(String name) {
        if (!SECRET_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name for a secret: " + name);
        }
        return path.resolve("secrets").resolve(name);
    }

    /** Lets the next process in; closing twice is no error. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            // An empty file says that nobody is in here; it is never deleted, or two processes could lock two files.
            channel.truncate(0);
        } catch (IOException e) {
            log.warn("The lock of {} was left behind: {}", path, e.toString());
        } finally {
            LOCKED_HERE.remove(channel);
            OPEN_HERE.remove(path);
        }
    }

    private static Path create(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                Path parent = path.toAbsolutePath().getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                try {
                    Files.createDirectory(path, FOLDER_OF_OWNER);
                } catch (FileAlreadyExistsException e) {
                    if (!Files.isDirectory(path)) {
                        throw e;
                    }
                }
            }
            Path folder = path.toRealPath();
            if (UNUSABLE_PATH.matcher(folder.toString()).matches()) {
                throw new StoreFailure("The data folder " + folder
                        + " has a quote, a dollar sign or the like in its path;" + " choose a plainer one.");
            }
            return folder;
        } catch (IOException e) {
            throw new StoreFailure("The data folder " + path + " cannot be made: " + e, e);
        }
    }

    private static @Nullable DataFolder tryOpen(Path folder) {
        if (!OPEN_HERE.add(folder)) {
            return null;
        }
        DataFolder opened = null;
        try {
            opened = lock(folder);
            return opened;
        } catch (OverlappingFileLockException e) {
            return null; // the same folder under another path, a bind mount for example
        } catch (IOException e) {
            throw new StoreFailure("The data folder " + folder + " cannot be locked: " + e, e);
        } finally {
            if (opened == null) {
                OPEN_HERE.remove(folder);
            }
        }
    }

    private static @Nullable DataFolder lock(Path folder) throws IOException {
        Path lockFile = folder.resolve(LOCK_FILE);
        boolean isNew = !Files.exists(lockFile);
        FileChannel channel = FileChannel.open(
                lockFile,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                FILE_OF_OWNER);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
            if (lock == null) {
                return null;
            }
            channel.truncate(0);
            String pid = ProcessHandle.current().pid() + "\n";
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
            LOCKED_HERE.add(channel);
            return new DataFolder(folder, isNew, channel);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    private static String holder(Path folder) {
        if (!OPEN_HERE.add(folder)) {
            return "this very process (pid " + ProcessHandle.current().pid() + ")";
        }
        try {
            Optional<Long> pid = ServerProcess.pidIn(folder.resolve(LOCK_FILE));
            return pid.filter(ServerProcess::isRunning)
                    .map(number -> "process %d (%s)".formatted(number, ServerProcess.describe(number)))
                    .orElseGet(() ->
                            "a process that cannot be seen from here (pid %s has ended, or runs in another container)"
                                    .formatted(pid.map(String::valueOf).orElse("unknown")));
        } finally {
            OPEN_HERE.remove(folder);
        }
    }

    private static synchronized void writeSecret(Path file, int randomBytes) throws IOException {
        byte[] random = new byte[randomBytes];
        new SecureRandom().nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        writePrivately(file, secret + "\n");
    }

    /** Writes a file that only its owner can read, whole or not at all. */
    static void writePrivately(Path file, String text) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isDirectory(parent)) {
            Files.createDirectory(parent, FOLDER_OF_OWNER);
        }
        Path draft = Files.createTempFile(parent, file.getFileName().toString(), ".draft", FILE_OF_OWNER);
        try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
