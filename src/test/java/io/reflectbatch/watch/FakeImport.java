package io.reflectbatch.watch;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process that takes some time of a fake clock, and says how much it has computed.
 */
class FakeImport extends Process {

	private final FakeTime time;

	private final Duration length;

	private final int exitCode;

	private final double load;

	private final Duration started;

	private boolean toldToStop;

	private boolean deaf;

	private boolean killed;

	private boolean interrupted;

	/**
	 * Makes a process.
	 * @param time the clock
	 * @param length how long it takes by itself
	 * @param exitCode what it ends with by itself
	 * @param load which part of a processor it uses
	 */
	FakeImport(FakeTime time, Duration length, int exitCode, double load) {
		this.time = time;
		this.length = length;
		this.exitCode = exitCode;
		this.load = load;
		this.started = time.get();
	}

	FakeImport thatDoesNotListen() {
		this.deaf = true;
		return this;
	}

	FakeImport inWhichSomebodyInterrupts() {
		this.interrupted = true;
		return this;
	}

	boolean wasToldToStop() {
		return this.toldToStop;
	}

	boolean wasKilled() {
		return this.killed;
	}

	@Override
	public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
		if (this.interrupted) {
			this.interrupted = false;
			throw new InterruptedException();
		}
		Duration left = this.length.minus(age());
		Duration wait = Duration.ofNanos(unit.toNanos(timeout));
		this.time.pass((isAlive() && left.compareTo(wait) > 0) ? wait : isAlive() ? left : Duration.ZERO);
		return !isAlive();
	}

	private Duration age() {
		return this.time.get().minus(this.started);
	}

	@Override
	public boolean isAlive() {
		return !this.killed && (!this.toldToStop || this.deaf) && age().compareTo(this.length) < 0;
	}

	@Override
	public int waitFor() {
		throw new UnsupportedOperationException("A wait without a bound");
	}

	@Override
	public int exitValue() {
		return this.killed ? 137 : this.toldToStop ? 143 : this.exitCode;
	}

	@Override
	public void destroy() {
		throw new UnsupportedOperationException("Only the closed pipe tells it to stop");
	}

	@Override
	public Process destroyForcibly() {
		this.killed = true;
		return this;
	}

	@Override
	public long pid() {
		return 4711;
	}

	@Override
	public ProcessHandle.Info info() {
		return new Info();
	}

	@Override
	public OutputStream getOutputStream() {
		return new OutputStream() {
			@Override
			public void write(int value) {
				throw new UnsupportedOperationException("Nobody says anything");
			}

			@Override
			public void close() {
				FakeImport.this.toldToStop = true;
			}
		};
	}

	@Override
	public InputStream getInputStream() {
		return InputStream.nullInputStream();
	}

	@Override
	public InputStream getErrorStream() {
		return InputStream.nullInputStream();
	}

	private final class Info implements ProcessHandle.Info {

		@Override
		public Optional<Duration> totalCpuDuration() {
			return Optional.of(Duration.ofNanos((long) (age().toNanos() * FakeImport.this.load)));
		}

		@Override
		public Optional<String> command() {
			return Optional.empty();
		}

		@Override
		public Optional<String> commandLine() {
			return Optional.empty();
		}

		@Override
		public Optional<String[]> arguments() {
			return Optional.empty();
		}

		@Override
		public Optional<Instant> startInstant() {
			return Optional.empty();
		}

		@Override
		public Optional<String> user() {
			return Optional.empty();
		}

	}

}
