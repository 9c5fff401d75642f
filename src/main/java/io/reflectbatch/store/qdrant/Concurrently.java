package io.reflectbatch.store.qdrant;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

import io.reflectbatch.store.StoreUnavailableException;

/**
 * Asks a server several things at once: what a search waits for are answers, not
 * computation.
 */
final class Concurrently {

	private Concurrently() {
	}

	/**
	 * Calls for each element, and returns the results in the order of the elements.
	 * @param elements what to call for
	 * @param call one call; its failure is the failure of all
	 */
	static <E, R> List<R> map(List<E> elements, Function<E, R> call) {
		if (elements.size() == 1) {
			return List.of(call.apply(elements.getFirst()));
		}
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<R>> calls = elements.stream()
				.map((element) -> threads.submit(() -> call.apply(element)))
				.toList();
			List<R> results = new ArrayList<>();
			for (Future<R> one : calls) {
				results.add(one.get());
			}
			return results;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StoreUnavailableException("The search was interrupted while it waited for Qdrant", ex);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			throw new IllegalStateException("A call to Qdrant failed with an error", ex.getCause());
		}
	}

}
