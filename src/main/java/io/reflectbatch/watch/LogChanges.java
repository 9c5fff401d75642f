package io.reflectbatch.watch;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Tells when something happens in the directories of the logs. Where the system cannot
 * tell (limits of inotify, network file systems) nothing ever seems to happen, and the
 * interval decides. Not thread-safe.
 */
final class LogChanges implements AutoCloseable {

	private static final WatchEvent.Kind<?>[] KINDS = { StandardWatchEventKinds.ENTRY_CREATE,
			StandardWatchEventKinds.ENTRY_MODIFY };

	/**
	 * A log that is written to all the time must not keep this process busy.
	 */
	private static final Duration GATHER = Duration.ofMillis(100);

	private final Map<Path, WatchKey> directories = new HashMap<>();

	private final WatchLog log;

	private final @Nullable WatchService service;

	private boolean complained;

	LogChanges(WatchLog log) {
		this.log = log;
		this.service = open();
	}

	private @Nullable WatchService open() {
		try {
			return FileSystems.getDefault().newWatchService();
		}
		catch (IOException | UnsupportedOperationException ex) {
			complain(ex);
			return null;
		}
	}

	/**
	 * Forgets directories that are gone, so that they are followed again if they come
	 * back.
	 */
	void forgetGone() {
		this.directories.values().removeIf((key) -> !key.isValid());
	}

	/**
	 * Follows a directory from now on.
	 * @param directory the directory
	 */
	void follow(Path directory) {
		if (this.service == null || this.directories.containsKey(directory)) {
			return;
		}
		try {
			this.directories.put(directory, directory.register(this.service, KINDS));
		}
		catch (IOException | UnsupportedOperationException ex) {
			complain(ex);
		}
	}

	private void complain(Exception failure) {
		if (!this.complained) {
			this.complained = true;
			this.log.warn("Changes of some directories are only seen at the interval: " + failure.getMessage());
		}
	}

	/**
	 * Waits until something happens.
	 * @param atMost for how long
	 * @return whether something has happened
	 */
	boolean await(Duration atMost) throws InterruptedException {
		if (this.service == null) {
			Thread.sleep(atMost);
			return false;
		}
		WatchKey key = poll(this.service, atMost);
		if (key == null) {
			return false;
		}
		Thread.sleep(GATHER);
		for (; key != null; key = this.service.poll()) {
			key.pollEvents();
			key.reset();
		}
		return true;
	}

	private static @Nullable WatchKey poll(WatchService service, Duration atMost) throws InterruptedException {
		return service.poll(Math.max(atMost.toNanos(), 0), TimeUnit.NANOSECONDS);
	}

	/**
	 * Returns the number of directories that are followed.
	 */
	int directories() {
		return this.directories.size();
	}

	@Override
	public void close() throws IOException {
		if (this.service != null) {
			this.service.close();
		}
	}

}
