package io.reflectbatch.ledger;

/**
 * What a job instance has to do and has done.
 *
 * @param files the number of files in its work list
 * @param filesFinished how many of them are done
 * @param bytes the number of bytes to read in the files that are not done
 * @param chunks the number of chunks written
 * @param tokens the number of tokens in them that were embedded
 * @param problems the number of lines that could not be read
 */
public record WorkTotals(int files, int filesFinished, long bytes, int chunks, long tokens, int problems) {

}
