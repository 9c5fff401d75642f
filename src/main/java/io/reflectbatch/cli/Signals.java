package io.reflectbatch.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Handles SIGTERM and SIGINT while an import runs. A shutdown hook would run beside those
 * of the database and the framework, which take away what the last commit needs; a signal
 * handler lets the import end first, and then the process. A second signal ends the
 * process at once.
 * <p>
 * {@code sun.misc.Signal} is the JDK's only way to do this and stays for that reason (JEP
 * 260); it is called by reflection, since the compiler's warning about it cannot be
 * switched off.
 */
final class Signals implements AutoCloseable {

	private static final List<String> NAMES = List.of("TERM", "INT");

	private final Map<Object, Object> previous = new LinkedHashMap<>();

	private volatile boolean received;

	/**
	 * Calls an action at the first signal, until closed.
	 * @param action what to do; must not block
	 */
	void handleWith(Runnable action) {
		try {
			Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
			Object handler = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] { handlerType },
					(proxy, method, arguments) -> {
						received(action);
						return null;
					});
			Constructor<?> signal = Class.forName("sun.misc.Signal").getConstructor(String.class);
			for (String name : NAMES) {
				Object caught = signal.newInstance(name);
				this.previous.put(caught, handle(caught, handler));
			}
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("This Java has no module jdk.unsupported, which every JDK has", ex);
		}
	}

	private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
		Method handle = signal.getClass()
			.getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"));
		return handle.invoke(null, signal, handler);
	}

	private void received(Runnable action) {
		if (this.received) {
			Runtime.getRuntime().halt(ExitCode.STOPPED.value());
		}
		this.received = true;
		action.run();
	}

	@Override
	public void close() {
		this.previous.forEach((signal, handler) -> {
			try {
				handle(signal, handler);
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException("Cannot restore the handler of " + signal, ex);
			}
		});
	}

}
