package io.reflectbatch.watch;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Imports again and again until it is interrupted, in processes of their own, and serves
 * how that goes.
 */
public final class Watch {

	/**
	 * What the process ends with when it was stopped by a signal.
	 */
	static final int STOPPED = 143;

	private final WatchSettings settings;

	private final ImportStarter imports;

	private final WatchLog log;

	private final WatchState state = new WatchState(InstantSource.system());

	public Watch(WatchSettings settings, ImportStarter imports, WatchLog log) {
		this.settings = settings;
		this.imports = imports;
		this.log = log;
	}

	/**
	 * Watches.
	 * @return the exit code: 143 when the thread was interrupted, 2 when an import found
	 * its configuration wrong
	 * @throws WatchFailedException if health cannot be served where it should be
	 * @throws IOException if something cannot be read or written that nobody can do
	 * without
	 */
	public int run() throws IOException {
		Closeable mark = mark();
		try {
			return serve();
		}
		finally {
			mark.close();
		}
	}

	private Closeable mark() {
		try {
			return new WatchMark(this.settings.home()).set();
		}
		catch (IOException ex) {
			// Some network file systems know no locks; that is no reason not to import.
			this.log.warn("'reflect stop' will not say that this watch runs: " + ex);
			return () -> {
			};
		}
	}

	private int serve() throws IOException {
		if (this.settings.port() == 0) {
			return watch("no health and metrics are served");
		}
		try (WatchEndpoint endpoint = endpoint()) {
			return watchServedAt(endpoint.url());
		}
	}

	private WatchEndpoint endpoint() throws IOException {
		String place = this.settings.address() + " port " + this.settings.port();
		try {
			InetAddress address = InetAddress.getByName(this.settings.address());
			return new WatchEndpoint(new InetSocketAddress(address, this.settings.port()), this.state::snapshot,
					this.settings.metrics());
		}
		catch (UnknownHostException ex) {
			throw new WatchFailedException("There is no address " + this.settings.address()
					+ " to serve health and metrics at. Name one of this machine with --address,"
					+ " REFLECT_WATCH_ADDRESS or reflect.watch.address.", ex);
		}
		catch (BindException ex) {
			throw new WatchFailedException("Health and metrics cannot be served at " + place + ": " + ex.getMessage()
					+ ". Perhaps a watch runs already. Name another port with --port, REFLECT_WATCH_PORT or"
					+ " reflect.watch.port; 0 serves none.", ex);
		}
	}

	private int watchServedAt(String url) throws IOException {
		EndpointFile file = new EndpointFile(this.settings.home());
		file.write(url);
		try {
			return watch("health and metrics at " + url);
		}
		finally {
			file.delete(url);
		}
	}

	private int watch(String served) throws IOException {
		this.log.info("Watching %s: an import when a log changes, and every %d s if any has; %s"
			.formatted(this.settings.logs(), this.settings.interval().toSeconds(), served));
		try (LogChanges changes = new LogChanges(this.log)) {
			Cycles cycles = new Cycles(new Schedule(this.settings.interval()), () -> look(changes), changes::await,
					this.imports, this.state, Watch::time, this.log);
			return cycles.run();
		}
		catch (InterruptedException ex) {
			this.log.info("The watch was stopped");
			return STOPPED;
		}
	}

	private static Duration time() {
		return Duration.ofNanos(System.nanoTime());
	}

	private LogsFingerprint look(LogChanges changes) throws IOException {
		changes.forgetGone();
		LogsFingerprint found = LogsFingerprint.of(this.settings.logs(), (Path directory) -> changes.follow(directory));
		this.state.follows(changes.directories());
		return found;
	}

}
