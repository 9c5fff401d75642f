package io.reflectbatch.importing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.reflectbatch.store.ConversationStore;
import io.reflectbatch.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the store: counts what is changed, and lets things happen at a certain
 * change.
 */
final class StoreProbe {

	private final AtomicInteger changes = new AtomicInteger();

	private final AtomicInteger points = new AtomicInteger();

	private final AtomicInteger upserts = new AtomicInteger();

	private final Map<Integer, Runnable> before = new ConcurrentHashMap<>();

	private final Map<Integer, Runnable> after = new ConcurrentHashMap<>();

	ConversationStore before(ConversationStore store) {
		return (ConversationStore) Proxy.newProxyInstance(StoreProbe.class.getClassLoader(),
				new Class<?>[] { ConversationStore.class },
				(proxy, method, arguments) -> call(store, method, (arguments != null) ? arguments : new Object[0]));
	}

	private @Nullable Object call(ConversationStore store, Method method, Object[] arguments) throws Throwable {
		int upsert = count(method, arguments);
		run(this.before, upsert);
		try {
			Object result = method.invoke(store, arguments);
			run(this.after, upsert);
			return result;
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private int count(Method method, Object[] arguments) {
		if (!List.of("upsert", "deleteFrom", "ensureCollection").contains(method.getName())) {
			return 0;
		}
		this.changes.incrementAndGet();
		if (!method.getName().equals("upsert")) {
			return 0;
		}
		this.points.addAndGet(((List<?>) arguments[1]).size());
		return this.upserts.incrementAndGet();
	}

	private static void run(Map<Integer, Runnable> actions, int upsert) {
		Runnable action = actions.remove(upsert);
		if (action != null) {
			action.run();
		}
	}

	/**
	 * Does something before an upsert.
	 * @param upsert the number of the upsert, from 1
	 */
	StoreProbe beforeUpsert(int upsert, Runnable action) {
		this.before.put(upsert, action);
		return this;
	}

	/**
	 * Does something after an upsert, when its points are in the store and not yet in the
	 * ledger.
	 * @param upsert the number of the upsert, from 1
	 */
	StoreProbe afterUpsert(int upsert, Runnable action) {
		this.after.put(upsert, action);
		return this;
	}

	/**
	 * Forgets what was to happen.
	 */
	void clear() {
		this.before.clear();
		this.after.clear();
	}

	static void fail() {
		throw new StoreUnavailableException("The store is gone", new IllegalStateException("the test says so"));
	}

	/**
	 * The number of calls that change something.
	 */
	int changes() {
		return this.changes.get();
	}

	/**
	 * The number of points written.
	 */
	int points() {
		return this.points.get();
	}

}
