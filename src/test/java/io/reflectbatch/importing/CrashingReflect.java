package io.reflectbatch.importing;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.reflectbatch.ReflectBatchApplication;
import io.reflectbatch.cli.ReflectCommand;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * The application as it is, but its process halts at a {@link CrashPoint}: nothing is
 * closed, no hook runs, as after {@code kill -9}. The point is woven into the code when
 * it is loaded, so that the code itself knows nothing of it.
 */
public final class CrashingReflect {

	private static final String OURS = "io.reflectbatch.";

	private static final String PASSAGES = "crash.passages";

	private CrashingReflect() {
	}

	/**
	 * Starts the application.
	 * @param arguments the name of the crash point, then the command
	 */
	public static void main(String[] arguments) {
		CrashPoint point = CrashPoint.valueOf(arguments[0]);
		System.getProperties().put(PASSAGES, new AtomicInteger(point.passage()));
		weave(point);
		System.exit(ReflectCommand.execute(ReflectBatchApplication.class,
				Arrays.copyOfRange(arguments, 1, arguments.length)));
	}

	private static void weave(CrashPoint point) {
		Class<?> advice = advice(point);
		ElementMatcher<MethodDescription> method = (candidate) -> signature(candidate).equals(point.method());
		new AgentBuilder.Default().ignore(ElementMatchers.none())
			.disableClassFormatChanges()
			.with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
			.with(loadedCandidates(point))
			.type(type(point.className()))
			.transform((builder, type, loader, module, domain) -> builder.visit(Advice.to(advice).on(method)))
			.installOn(ByteBuddyAgent.install());
	}

	/**
	 * With an AOT cache, all classes of the application and its libraries are loaded
	 * before it starts, and looking at each would take half of the start.
	 */
	private static AgentBuilder.RedefinitionStrategy.DiscoveryStrategy loadedCandidates(CrashPoint point) {
		return (instrumentation) -> {
			Stream<Class<?>> loaded = Stream.of(instrumentation.getAllLoadedClasses());
			return List
				.of(loaded.filter((type) -> type.getName().equals(point.className()) || type.getName().startsWith(OURS))
					.toList());
		};
	}

	private static Class<?> advice(CrashPoint point) {
		boolean begin = point.place() == CrashPoint.Place.BEGIN;
		if (point.className().equals("java.nio.file.Files")) {
			return begin ? BeforeMove.class : AfterMove.class;
		}
		return begin ? Begin.class : End.class;
	}

	private static ElementMatcher<TypeDescription> type(String name) {
		return ElementMatchers.<TypeDescription>named(name)
			.or(ElementMatchers.nameStartsWith(OURS).and(ElementMatchers.hasSuperType(ElementMatchers.named(name))))
			.and(ElementMatchers.not(ElementMatchers.isInterface()));
	}

	private static String signature(MethodDescription method) {
		return method.getParameters()
			.asTypeList()
			.asErasures()
			.stream()
			.map(CrashingReflect::simpleName)
			.collect(Collectors.joining(", ", method.getName() + "(", ")"));
	}

	private static String simpleName(TypeDescription type) {
		return type.getSimpleName();
	}

	// What follows is copied into other classes, also into those of the JDK: it can use
	// nothing but the JDK.

	/**
	 * Where a method begins.
	 */
	static final class Begin {

		private Begin() {
		}

		@Advice.OnMethodEnter
		@SuppressWarnings("NullAway") // it is put there before anything else
		static void pass() {
			if (((AtomicInteger) System.getProperties().get("crash.passages")).decrementAndGet() == 0) {
				Runtime.getRuntime().halt(137);
			}
		}

	}

	/**
	 * Where a method returns.
	 */
	static final class End {

		private End() {
		}

		@Advice.OnMethodExit
		@SuppressWarnings("NullAway") // it is put there before anything else
		static void pass() {
			if (((AtomicInteger) System.getProperties().get("crash.passages")).decrementAndGet() == 0) {
				Runtime.getRuntime().halt(137);
			}
		}

	}

	/**
	 * Before the state file is renamed.
	 */
	static final class BeforeMove {

		private BeforeMove() {
		}

		@Advice.OnMethodEnter
		static void pass(@Advice.Argument(1) Path target) {
			if (target.endsWith("imported-files.json")) {
				Runtime.getRuntime().halt(137);
			}
		}

	}

	/**
	 * After the state file is renamed.
	 */
	static final class AfterMove {

		private AfterMove() {
		}

		@Advice.OnMethodExit
		static void pass(@Advice.Argument(1) Path target) {
			if (target.endsWith("imported-files.json")) {
				Runtime.getRuntime().halt(137);
			}
		}

	}

}
