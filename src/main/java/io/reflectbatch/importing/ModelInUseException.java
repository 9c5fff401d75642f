package io.reflectbatch.importing;

/**
 * The points of a model cannot be deleted, since they are the memory that is searched.
 */
public final class ModelInUseException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private ModelInUseException(String message) {
		super(message);
	}

	static ModelInUseException ofTheConfiguration(String model) {
		return new ModelInUseException("Model '" + model + "' is the one in use, and its points stay. If it is not:"
				+ " name the job file of the one that is, with --job-file or REFLECT_JOB_FILE");
	}

	static ModelInUseException ofFiles(String model, String path, int count) {
		return new ModelInUseException("Model '" + model + "' has embedded " + path
				+ ((count > 1) ? " and " + (count - 1) + " further files of its project" : "")
				+ ", whose points are nowhere else. Move them first (reflect reembed, then reflect import), or give them up (reflect"
				+ " prune --path PATH)");
	}

}
