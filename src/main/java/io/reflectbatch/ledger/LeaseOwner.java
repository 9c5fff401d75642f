package io.reflectbatch.ledger;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * A process, told from every other one: process ids are used again.
 *
 * @param host the name of the machine or pod
 * @param pid the process id there
 * @param processStart when the process was started, as the operating system says
 */
record LeaseOwner(String host, long pid, String processStart) {

	static LeaseOwner self() {
		ProcessHandle self = ProcessHandle.current();
		return new LeaseOwner(localHost(), self.pid(), start(self));
	}

	/**
	 * Returns whether the process is known to have ended. Of a process on another host
	 * nothing is known.
	 */
	boolean isGone() {
		return this.host.equals(localHost())
				&& ProcessHandle.of(this.pid).filter((process) -> start(process).equals(this.processStart)).isEmpty();
	}

	private static String start(ProcessHandle process) {
		return process.info().startInstant().map(Instant::toString).orElse("");
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

}
