package io.reflectbatch;

import io.reflectbatch.cli.ReflectCommand;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the application. The command line is read before Spring starts, since it decides
 * which configuration Spring gets.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class ReflectBatchApplication {

	public static void main(String[] arguments) {
		System.exit(ReflectCommand.execute(ReflectBatchApplication.class, arguments));
	}

}
