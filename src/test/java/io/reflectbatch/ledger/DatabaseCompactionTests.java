package io.reflectbatch.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DatabaseCompaction}, which count the bytes of a file to which the ids
 * of messages come, as in a survey: in no order.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class DatabaseCompactionTests {

	private static final int TRANSACTIONS = 160;

	private static final int MESSAGES = 500;

	private static final long MEGABYTE = 1024 * 1024;

	@TempDir
	private Path directory;

	@Test
	void withoutItTheFileGrowsUntilItIsClosed() throws IOException {
		try (HikariDataSource database = open()) {
			claim(new Ledger(database), 1, TRANSACTIONS);
			assertThat(size()).isGreaterThan(48 * MEGABYTE);
		}
		assertThat(size()).isLessThan(16 * MEGABYTE);
	}

	@Test
	void keepsTheFileSmallWhileItIsWrittenTo() throws Exception {
		try (HikariDataSource database = open()) {
			claim(compacting(database, Duration.ofMillis(20)), 1, TRANSACTIONS);
			assertThat(size()).isLessThan(32 * MEGABYTE);
			assertThat(store(database).getRetentionTime()).isEqualTo(45_000);
		}
		assertThatAllIsThere(1, TRANSACTIONS);
	}

	@Test
	void losesNothingOfWhatSeveralThreadsWriteMeanwhile() throws Exception {
		int threads = 4;
		try (HikariDataSource database = open(); ExecutorService executor = Executors.newFixedThreadPool(threads)) {
			Ledger ledger = compacting(database, Duration.ZERO);
			List<Future<?>> writers = new ArrayList<>();
			for (int seed = 1; seed <= threads; seed++) {
				int writer = seed;
				writers.add(executor.submit(() -> claim(ledger, writer, TRANSACTIONS / threads)));
			}
			for (Future<?> writer : writers) {
				writer.get();
			}
			assertThat(size()).isLessThan(32 * MEGABYTE);
			assertThat(store(database).getRetentionTime()).isEqualTo(45_000);
		}
		for (int seed = 1; seed <= threads; seed++) {
			assertThatAllIsThere(seed, TRANSACTIONS / threads);
		}
	}

	@Test
	void losesNothingOfWhatIsCommittedWhenItsProcessIsKilled() throws Exception {
		open().close();
		try (DatabaseProcess process = DatabaseProcess.compacting(url(), 2 * TRANSACTIONS)) {
			process.awaitCommits(TRANSACTIONS);
		}
		assertThat(size()).isLessThan(32 * MEGABYTE);
		int found = claimed();
		assertThat(found).isGreaterThanOrEqualTo(TRANSACTIONS * MESSAGES);
		assertThat(found % MESSAGES).isZero();
		assertThatAllIsThere(1, found / MESSAGES);
	}

	private int claimed() {
		try (HikariDataSource database = open()) {
			return (int) new Ledger(database).count("message_owner", null);
		}
	}

	@Test
	void leavesAFileThatAnotherProcessHasOpenToThatProcess(CapturedOutput output) throws Exception {
		try (HikariDataSource database = open()) {
			claim(new Ledger(database), 1, 1);
		}
		try (DatabaseProcess other = DatabaseProcess.looking(url()); HikariDataSource database = open()) {
			claim(compacting(database, Duration.ZERO), 2, 1);
			other.end();
		}
		assertThatAllIsThere(1, 1);
		assertThatAllIsThere(2, 1);
		assertThat(output).doesNotContain("could not be compacted");
	}

	@Test
	void doesNotFailWhatIsCommittedWhenTheDiskDoes(CapturedOutput output) {
		FilePath.register(new FaultyDisk());
		try (HikariDataSource database = open(url().replace("jdbc:h2:file:", "jdbc:h2:" + FaultyDisk.SCHEME + ":"))) {
			claim(compacting(database, Duration.ofMillis(20)), 1, TRANSACTIONS);
		}
		finally {
			FilePath.unregister(new FaultyDisk());
		}
		// Once, not every second.
		assertThat(output).containsOnlyOnce("The database could not be compacted, and may grow: Could not sync file");
		assertThatAllIsThere(1, TRANSACTIONS);
	}

	private HikariDataSource open() {
		return open(url());
	}

	private static HikariDataSource open(String url) {
		HikariDataSource database = TestDatabase.pool(url);
		TestDatabase.migrate(database);
		return database;
	}

	// The one that everybody has.
	private String url() {
		YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
		yaml.setResources(new ClassPathResource("application.yaml"));
		Properties settings = Objects.requireNonNull(yaml.getObject());
		return settings.getProperty("spring.datasource.url").replace("${reflect.home}", this.directory.toString());
	}

	private static Ledger compacting(HikariDataSource database, Duration pause) {
		Ledger ledger = new Ledger(database);
		ledger.transactions.addListener(new DatabaseCompaction(database, pause));
		return ledger;
	}

	private long size() throws IOException {
		return Files.size(this.directory.resolve("database/reflect.mv.db"));
	}

	private static void claim(Ledger ledger, int seed, int transactions) {
		claim(ledger, seed, transactions, (committed) -> {
		});
	}

	static void claim(Ledger ledger, int seed, int transactions, IntConsumer afterCommit) {
		String path = "p/" + seed + ".jsonl";
		long file = ledger.files.find(path).orElseGet(() -> ledger.register(path)).id();
		Random random = new Random(seed);
		for (int i = 0; i < transactions; i++) {
			List<Claim> claims = claims(random, i * MESSAGES);
			ledger.transaction.executeWithoutResult((status) -> ledger.messages.claim(file, claims));
			afterCommit.accept(i + 1);
		}
	}

	private static List<Claim> claims(Random random, int first) {
		return IntStream.range(first, first + MESSAGES)
			.mapToObj((offset) -> Claim.of(offset, new UUID(random.nextLong(), random.nextLong()).toString()))
			.toList();
	}

	// What is there is not claimed again.
	private void assertThatAllIsThere(int seed, int transactions) {
		try (HikariDataSource database = open()) {
			Ledger ledger = new Ledger(database);
			long before = ledger.count("message_owner", null);
			claim(ledger, seed, transactions);
			assertThat(ledger.count("message_owner", null)).isEqualTo(before);
			assertThat(ledger.count("message_owner", ledger.files.find("p/" + seed + ".jsonl").orElseThrow().id()))
				.isEqualTo((long) transactions * MESSAGES);
			assertThat(ledger.count("copied_line", null)).isZero();
		}
	}

	private static MVStore store(HikariDataSource database) {
		try (Connection connection = database.getConnection()) {
			SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
			return session.getDatabase().getStore().getMvStore();
		}
		catch (SQLException ex) {
			throw new IllegalStateException("There is no connection", ex);
		}
	}

	/**
	 * Takes everything and does not say that it has it.
	 */
	public static final class FaultyDisk extends FilePathWrapper {

		static final String SCHEME = "faulty";

		@Override
		public String getScheme() {
			return SCHEME;
		}

		@Override
		public FileChannel open(String mode) throws IOException {
			FileChannel channel = super.open(mode);
			return new FileBaseDefault() {

				@Override
				public synchronized int read(ByteBuffer bytes, long position) throws IOException {
					return channel.read(bytes, position);
				}

				@Override
				public synchronized int write(ByteBuffer bytes, long position) throws IOException {
					return channel.write(bytes, position);
				}

				@Override
				public long size() throws IOException {
					return channel.size();
				}

				@Override
				public void force(boolean metadata) throws IOException {
					throw new IOException("Input/output error");
				}

				@Override
				public FileLock tryLock(long position, long size, boolean shared) throws IOException {
					return channel.tryLock(position, size, shared);
				}

				@Override
				protected void implTruncate(long size) throws IOException {
					channel.truncate(size);
				}

				@Override
				protected void implCloseChannel() throws IOException {
					channel.close();
				}

			};
		}

	}

}
