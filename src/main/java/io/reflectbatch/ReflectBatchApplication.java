package io.reflectbatch;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application as Spring sees it. The build runs it to find out, ahead of time, which
 * beans there are; people run {@link Reflect}.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class ReflectBatchApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(ReflectBatchApplication.class, arguments);
	}

}
