# syntax=docker/dockerfile:1
# Reflect Batch as an image: docker build -t reflect-batch .
# Why it is made like this, and what of it was tried where: docs/decisions/0023-image.md

FROM maven:3.9-eclipse-temurin-25-noble AS build
WORKDIR /build
COPY mvnw pom.xml jvm*.options ./
COPY .mvn .mvn
COPY jobs jobs
COPY src src
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp -Dmaven.test.skip=true -Dmaven.antrun.skip=true package
RUN java -Djarmode=tools -jar target/reflect-batch.jar extract --layers --destination layers
# All of Java SE, so that no library misses a module, and what is used of the JDK itself.
RUN jlink --add-modules java.se,jdk.crypto.cryptoki,jdk.httpserver,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs --no-header-files --no-man-pages --strip-java-debug-attributes --output java
# Two argument files, so that everybody starts Java in the same way: java @/app/reflect COMMAND. The other one is for the
# watcher, which does without the AOT cache itself.
RUN cat jvm.options jvm-25.options jvm-image.options >java.options
RUN { cat java.options && echo '-XX:AOTCache=/app/reflect-batch.aot -jar /app/reflect-batch.jar'; } >reflect

# What the training and the image have in common. An AOT cache fits only the Java and the jars that it was made with.
FROM debian:12-slim AS application
COPY --from=build /build/java /opt/java
COPY --from=build /build/layers/dependencies/ /app/
COPY --from=build /build/layers/snapshot-dependencies/ /app/
COPY --from=build /build/layers/application/ /app/
ENV PATH=/opt/java/bin:/usr/local/bin:/usr/bin:/bin LC_ALL=C.UTF-8 MALLOC_ARENA_MAX=1

FROM application AS training
WORKDIR /training
COPY jvm.options jvm-25.options ./
COPY src/test/resources/parity/projects projects
RUN java @jvm.options @jvm-25.options -XX:TieredStopAtLevel=1 -XX:AOTCacheOutput=/training/reflect-batch.aot -cp /app/reflect-batch.jar io.reflectbatch.TrainingRun /training/home /training/projects
# The training run has unpacked the native libraries, into directories that are named after their content.
RUN mkdir native && for library in jna onnxruntime tokenizers; do mv home/native/$library-* native/$library; done

FROM application
LABEL org.opencontainers.image.title="Reflect Batch" \
      org.opencontainers.image.description="Turns Claude Code conversation logs into a searchable vector memory" \
      org.opencontainers.image.licenses="Apache-2.0"
# Whoever runs it is in group 0, as on OpenShift; the conversations are nobody else's business.
RUN install -d -o 10001 -g 0 -m 0770 /data /config && install -d /logs /jobs
COPY jobs/*.yaml /jobs/
COPY --from=training /training/native /app/native
COPY --from=training /training/reflect-batch.aot /app/
COPY --from=build /build/java.options /build/reflect /app/
COPY jvm-watch.options /app/
ENV HOME=/data REFLECT_HOME=/data LOGS_DIR=/logs STATE_FILE=/config/imported-files.json REFLECT_LOG_FORMAT=ecs
USER 10001:0
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["java", "@/app/reflect", "watch", "--check"]
ENTRYPOINT ["java", "@/app/reflect"]
CMD ["watch"]
