/** The error codes of MongoDB that the engine answers with (src/mongo/base/error_codes.yml). */
export const errorCodes = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  IllegalOperation: 20,
  InvalidBSON: 22,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  EmptyFieldName: 56,
  DottedFieldName: 57,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  CannotUpdateIdField: 102,
  DocumentValidationFailure: 121,
  NotAReplicaSet: 123,
  CommandNotSupported: 115,
  CommandNotSupportedOnView: 166,
  QueryPlanKilled: 175,
  InvalidIndexSpecificationOption: 197,
  Interrupted: 11601,
  NotImplemented: 238,
  ConversionFailure: 241,
  IndexBuildAborted: 276,
  NoQueryExecutionPlans: 291,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  OutOfDiskSpace: 14031,
  UnrecognizedPipelineStage: 40324,
  MissingField: 40414,
  UnknownField: 40415,
  ChangeStreamNotAllowed: 40573,
  FacetPipelineStage: 40600,
} as const;

export type ErrorName = keyof typeof errorCodes;

/** Why a command failed: goes to the client with MongoDB's code. */
export class CommandError extends Error {
  readonly codeName: string;
  readonly code: number;
  /** More fields of the error document, such as keyPattern. */
  readonly details: ReadonlyMap<string, unknown> | undefined;

  constructor(name: ErrorName | number, message: string, details?: ReadonlyMap<string, unknown>) {
    // Nobody reads the stack of what is an answer to a client, and in a batch of duplicates it costs most of the time.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'CommandError';
    this.code = typeof name === 'number' ? name : errorCodes[name];
    this.codeName = typeof name === 'number' ? `Location${name}` : name;
    this.details = details;
  }
}
