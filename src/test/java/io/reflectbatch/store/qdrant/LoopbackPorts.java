package io.reflectbatch.store.qdrant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/**
 * Two free ports in a row: REST, and gRPC where a client looks for it when it knows only
 * the former.
 *
 * @param rest the lower one
 */
record LoopbackPorts(int rest) {

	private static final int ATTEMPTS = 100;

	static LoopbackPorts free() {
		for (int i = 0; i < ATTEMPTS; i++) {
			try (ServerSocket rest = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				if (isFree(rest.getLocalPort() + 1)) {
					return new LoopbackPorts(rest.getLocalPort());
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		throw new IllegalStateException("No two free ports in a row after " + ATTEMPTS + " attempts");
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			return socket.isBound();
		}
		catch (IOException | IllegalArgumentException ex) {
			return false;
		}
	}

	int grpc() {
		return this.rest + 1;
	}

	URI url() {
		return URI.create("http://127.0.0.1:" + this.rest);
	}

}
