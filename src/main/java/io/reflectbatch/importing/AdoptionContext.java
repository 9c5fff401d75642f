package io.reflectbatch.importing;

import java.util.List;

import io.reflectbatch.ledger.Adoption;

import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * An adoption in the context of a step.
 */
final class AdoptionContext {

	private final ExecutionContext context;

	AdoptionContext(ExecutionContext context) {
		this.context = context;
	}

	void put(Adoption adoption) {
		this.context.putInt("adopted", adoption.adopted());
		this.context.putInt("changed", adoption.changed());
		this.context.putInt("missing", adoption.missing());
		this.context.putInt("known", adoption.known());
		this.context.putString("foreign", String.join("\n", adoption.foreign()));
		this.context.putInt("foreign.count", adoption.foreignCount());
	}

	Adoption get() {
		return new Adoption(this.context.getInt("adopted"), this.context.getInt("changed"),
				this.context.getInt("missing"), this.context.getInt("known"),
				List.copyOf(this.context.getString("foreign", "").lines().toList()),
				this.context.getInt("foreign.count"));
	}

}
