package io.reflectbatch;

import java.time.Clock;
import java.time.Instant;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.event.EventListener;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

/**
 * The rules of the house that a compiler does not know. Modules and their directions are
 * the business of {@link ModularityTests}.
 */
class ArchitectureTests {

	private static JavaClasses production;

	@BeforeAll
	static void importProductionClasses() {
		production = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("io.reflectbatch");
	}

	@Test
	void qdrantAndGrpcStayInTheQdrantStore() {
		noClasses().that()
			.resideOutsideOfPackage("io.reflectbatch.store.qdrant..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.qdrant..", "io.grpc..")
			.because("another version of the client, or another store, must touch one package only")
			.check(production);
	}

	@Test
	void luceneStaysInTheLuceneStore() {
		noClasses().that()
			.resideOutsideOfPackage("io.reflectbatch.store.lucene..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.apache.lucene..")
			.because("Lucene changes its API with every major version")
			.check(production);
	}

	@Test
	void onnxRuntimeAndDjlStayInEmbedding() {
		noClasses().that()
			.resideOutsideOfPackage("io.reflectbatch.embedding..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("ai.onnxruntime..", "ai.djl..")
			.because("native sessions and tokenizers are opened, shared and closed in one place")
			.check(production);
	}

	@Test
	void nothingListensWithAMethod() {
		noMethods().should()
			.beAnnotatedWith(EventListener.class)
			.because("ReflectBatchApplication takes out what calls such methods: implement ApplicationListener")
			.check(production);
	}

	@Test
	void nothingUsesWhatOnlyTheBuildHas() {
		noClasses().that()
			.resideOutsideOfPackage("io.reflectbatch.embedding.graph..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.reflectbatch.embedding.graph..")
			.because("the jar carries the graphs, and not the classes that make them")
			.check(production);
	}

	@Test
	void conversationKnowsNoSpring() {
		noClasses().that()
			.resideInAPackage("io.reflectbatch.conversation..")
			.should()
			.dependOnClassesThat(resideInAPackage("org.springframework..")
				.and(resideOutsideOfPackage("org.springframework.modulith..")))
			.because("the format of the logs has nothing to do with how they are imported")
			.check(production);
	}

	@Test
	void conversationUsesNoOtherModule() {
		noClasses().that()
			.resideInAPackage("io.reflectbatch.conversation..")
			.should()
			.dependOnClassesThat(
					resideInAPackage("io.reflectbatch..").and(resideOutsideOfPackage("io.reflectbatch.conversation..")))
			.because("it is the vocabulary of all others; Modulith lets a module without declared dependencies use any")
			.check(production);
	}

	@Test
	void theLeaseAsksTheDatabaseForTheTime() {
		noClasses().that()
			.haveSimpleNameStartingWith("JobLease")
			.should()
			.callMethod(Instant.class, "now")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(Clock.class)
			.because("the clocks of two machines differ, and a lease would be stolen or never end")
			.check(production);
	}

	@Test
	void packagesAreNamedAfterWhatTheyHold() {
		noClasses().should()
			.resideInAnyPackage("..util..", "..utils..", "..common..", "..config..", "..service..", "..impl..")
			.because("such a name takes in anything; a package has one purpose")
			.check(production);
	}

	@Test
	void interfacesHaveSeveralImplementations() {
		classes().that()
			.areInterfaces()
			.and()
			.areNotAnnotations()
			.and(areNotFunctional())
			.should(notHaveASingleImplementation())
			.because("an interface with one implementation is a second name for the same thing;"
					+ " functional interfaces are left out, because lambdas are not seen here")
			.check(production);
	}

	@Test
	void dependenciesComeThroughConstructors() {
		NO_CLASSES_SHOULD_USE_FIELD_INJECTION
			.because("an object is complete when its constructor returns, in tests without Spring too")
			.check(production);
	}

	@Test
	void loggingGoesThroughSlf4j() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAPackage("java.util.logging..")
			.because("one configuration decides what is logged, and where")
			.check(production);
	}

	@Test
	void onlyTheCommandLineWritesToTheStandardStreams() {
		noClasses().that()
			.resideOutsideOfPackage("io.reflectbatch.cli..")
			.should(ACCESS_STANDARD_STREAMS)
			.because("standard output carries one JSON document when a program asks for it")
			.check(production);
	}

	@Test
	void exceptionsHaveTheirOwnTypes() {
		NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS
			.because("exit codes and retries are decided by the type of an exception")
			.check(production);
	}

	private static DescribedPredicate<JavaClass> areNotFunctional() {
		return DescribedPredicate.describe("are not functional",
				(type) -> type.getAllMethods().stream().filter(ArchitectureTests::isAbstract).count() != 1);
	}

	private static boolean isAbstract(JavaMethod method) {
		return method.getModifiers().contains(JavaModifier.ABSTRACT);
	}

	private static ArchCondition<JavaClass> notHaveASingleImplementation() {
		return new ArchCondition<>("not have a single implementation") {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				long implementations = type.getAllSubclasses().stream().filter((sub) -> !sub.isInterface()).count();
				events.add(new SimpleConditionEvent(type, implementations != 1,
						"%s has %d implementations".formatted(type.getName(), implementations)));
			}
		};
	}

}
