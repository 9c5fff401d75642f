package io.reflectbatch.bench.search;

import java.io.StringReader;
import java.util.Arrays;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ChartTests {

	private static final Chart.Value HALF = new Chart.Value(0.5, 0.4, 0.6);

	@Test
	void drawsADotForEachValueAndOneForEachNameOfASeries() throws Exception {
		Document svg = parse(new Chart("A < B", "share", List.of("one", "two"),
				List.of(new Chart.Row("row", "note", List.of(HALF, HALF)),
						new Chart.Row("other", "", Arrays.asList(null, HALF))))
			.draw());
		assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(2 + 3);
		assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("A < B");
	}

	@Test
	void hasColoursForFourSeries() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Chart("", "", List.of("1", "2", "3", "4", "5"), List.of()))
			.withMessage("There are colours for 4 series, not for 5");
	}

	private static Document parse(String svg) throws Exception {
		return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
	}

}
