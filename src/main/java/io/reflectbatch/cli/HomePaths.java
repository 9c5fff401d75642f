package io.reflectbatch.cli;

import java.nio.file.Path;

import org.springframework.beans.PropertyEditorRegistrar;
import org.springframework.beans.factory.config.CustomEditorConfigurer;
import org.springframework.stereotype.Component;

/**
 * Lets every path of the configuration begin with {@code ~/}. A converter would not do:
 * Spring Boot binds with Spring's own editor for paths before it asks any converter.
 */
@Component
class HomePaths extends CustomEditorConfigurer {

	HomePaths() {
		setPropertyEditorRegistrars(new PropertyEditorRegistrar[] {
				(registry) -> registry.registerCustomEditor(Path.class, new HomePathEditor()) });
	}

}
