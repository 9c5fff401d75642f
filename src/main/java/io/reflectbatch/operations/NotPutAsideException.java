package io.reflectbatch.operations;

import io.reflectbatch.ledger.KnownFile;

/**
 * A file cannot be taken up again, since it is neither in quarantine nor forgotten.
 */
public final class NotPutAsideException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NotPutAsideException(String path, KnownFile.Status status) {
		super(path + " is " + status + "; only a file that is QUARANTINED or FORGOTTEN can be taken up again."
				+ " To read one that was imported once more: reflect import --reimport, or reflect verify --repair, which"
				+ " imports what is missing");
	}

}
