package io.reflectbatch.conversation;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReferenceRuleTests {

	@TempDir
	Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "{'type':'user','isMeta':true,'message':{'role':'user','content':'x'}}",
			"{'type':'user','isCompactSummary':true,'message':{'role':'user','content':['x']}}",
			"{'type':'progress','message':{'role':'user','content':[{'type':'text','text':'x'},{'type':'image'}]}}",
			"{'message':{'content':'x','role':'user'}}" })
	void selectsWhateverHasARoleAndAText(String line) throws IOException {
		assertThat(select(line)).isEqualTo(new Selection.Selected("user", "x", Origin.LINE));
	}

	@Test
	void takesTheRoleAndTheTextAsTheyAre() throws IOException {
		assertThat(select("{'type':'user','message':{'role':'Tester','content':' <command-name>x</command-name>\\n'}}"))
			.isEqualTo(new Selection.Selected("Tester", " <command-name>x</command-name>\n", Origin.LINE));
	}

	@Test
	void selectsBlankTexts() throws IOException {
		assertThat(select(
				"{'type':'assistant','message':{'role':'assistant','content':[{'type':'text','text':'\\n\\n'}]}}"))
			.isEqualTo(new Selection.Selected("assistant", "\n\n", Origin.LINE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'type':'summary','summary':'x','message':{'role':'user','content':'x'}}",
			"{'type':'user','message':{'role':'','content':'x'}}", "{'type':'user','message':{'content':'x'}}",
			"{'type':'user','message':{'role':'user','content':''}}", "{'type':'user','message':{'role':'user'}}",
			"{'type':'user','message':{'role':'user','content':null}}", "{'type':'user'}",
			"{'type':'user','message':{'role':'user','content':[{'type':'text','text':''}]}}",
			"{'type':'queue-operation','operation':'enqueue','content':'x'}" })
	void skipsEverythingElse(String line) throws IOException {
		assertThat(select(line)).isInstanceOf(Selection.Skipped.class);
	}

	private Selection select(String line) throws IOException {
		return new ReferenceRule().select(LogFile.in(this.directory).append(line.replace('\'', '"'), "\n").readOne());
	}

}
