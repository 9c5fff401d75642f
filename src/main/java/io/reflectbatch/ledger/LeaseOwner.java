package io.reflectbatch.ledger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A process, told from every other one: process ids are used again, and containers on one
 * machine may have the same host name and all be process 1.
 *
 * @param host the name of the machine or pod
 * @param pidSpace where the process id means something: the boot of the machine and the
 * process-id namespace; empty where the operating system has no such thing
 * @param pid the process id there
 * @param processStart when the process was started, as the operating system says
 */
record LeaseOwner(String host, String pidSpace, long pid, String processStart) {

	private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

	private static final Path PID_NAMESPACE = Path.of("/proc/self/ns/pid");

	private static final String GONE = "gone";

	/** Of the fields after the name in {@code /proc/PID/stat}, see proc(5). */
	private static final int STATE = 0;

	private static final int START_TIME = 19;

	static LeaseOwner self() {
		return here(ProcessHandle.current().pid());
	}

	static LeaseOwner here(long pid) {
		return new LeaseOwner(localHost(), localPidSpace(), pid, startOf(pid));
	}

	/**
	 * Returns whether the process is known to have ended. Of a process on another host,
	 * in another container or before a reboot nothing is known.
	 */
	boolean isGone() {
		return this.host.equals(localHost()) && this.pidSpace.equals(localPidSpace())
				&& !this.processStart.equals(startOf(this.pid));
	}

	// In Kubernetes HOSTNAME is the name of the pod.
	private static String localHost() {
		String name = System.getenv("HOSTNAME");
		if (name != null) {
			return name;
		}
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "localhost";
		}
	}

	private static String localPidSpace() {
		try {
			return Files.readString(BOOT_ID).strip() + " " + Files.readSymbolicLink(PID_NAMESPACE);
		}
		catch (IOException ex) {
			return ""; // not Linux
		}
	}

	// Linux says it in ticks since the boot. Java makes a time of day of it, which is
	// another one after the clock was set.
	private static String startOf(long pid) {
		if (localPidSpace().isEmpty()) {
			return ProcessHandle.of(pid)
				.map((process) -> process.info().startInstant().map(Instant::toString).orElse(""))
				.orElse(GONE);
		}
		try {
			String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
			String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
			return fields[STATE].equals("Z") ? GONE : fields[START_TIME];
		}
		catch (IOException ex) {
			return GONE;
		}
	}

}
