import { join } from 'node:path';
import mongoose from 'mongoose';
import { startEngine } from './embedded/start.ts';

/** Where documents are kept. */
export interface DocumentOptions {
  /** A MongoDB to use instead of the embedded engine; it names the database. */
  url?: string;
  /** The folder of the embedded engine's file. */
  dataDir: string;
  log?: (message: string) => void;
}

/** An open connection to the documents. */
export interface Documents {
  connection: mongoose.Connection;
  engine: 'embedded' | 'mongodb';
  /** For libraries that bring their own driver; it names the database. */
  url: string;
  /** Writes a copy of all documents of one moment into a file; MongoDB has snapshots to read from instead. */
  copyTo?(file: string): Promise<void>;
  /** Closes mongoose's default connection, and the engine after it. */
  close(): Promise<void>;
}

/** The embedded engine's database. */
export const database = 'courseyard';

/**
 * Connects mongoose's default connection to MongoDB when an address is given, else to the embedded engine, which
 * it starts in a worker thread. Every acknowledged write is durable: `w: majority` at MongoDB, a synchronised
 * transaction here.
 * @throws CannotOpen when the embedded engine's file is in use, from a newer version or broken; an error of the
 * driver when MongoDB does not answer
 */
export async function connectDocuments({ url, dataDir, log }: DocumentOptions): Promise<Documents> {
  const embedded = url
    ? undefined
    : await startEngine({ file: join(dataDir, 'documents.sqlite'), ...(log && { log }) });
  const address = embedded?.urlFor(database) ?? (url as string);
  try {
    await mongoose.connect(address, { writeConcern: { w: 'majority' }, serverSelectionTimeoutMS: 10_000 });
  } catch (error) {
    await embedded?.close();
    throw error;
  }
  return {
    connection: mongoose.connection,
    engine: embedded ? 'embedded' : 'mongodb',
    url: address,
    ...(embedded && { copyTo: (file: string) => embedded.copyTo(file) }),
    close: async () => {
      await mongoose.disconnect();
      await embedded?.close();
    },
  };
}
