/** The second factor of one user, as it is stored. */
export interface StoredSecondFactor {
  readonly userId: string;
  /** Sealed: whoever steals the database cannot make codes. */
  readonly secret: string;
  /** The latest time step whose code was taken; it and earlier ones are used up. */
  readonly lastStep: number;
  readonly createdAt: number;
}

/** Where second factors and recovery codes are kept. */
export interface SecondFactorStore {
  find(userId: string): Promise<StoredSecondFactor | null>;
  /** Stores a factor with its recovery codes; false when the user has one already. */
  insert(factor: StoredSecondFactor, codeHashes: readonly string[]): Promise<boolean>;
  /** Uses a time step up; of many callers at once with one step exactly one is told `true`, and none with an earlier step. */
  useStep(userId: string, step: number): Promise<boolean>;
  /** Uses a recovery code up; of many callers at once exactly one is told `true`. */
  useCode(userId: string, codeHash: string): Promise<boolean>;
  countCodes(userId: string): Promise<number>;
  /** Puts new recovery codes in the place of the old ones. */
  replaceCodes(userId: string, codeHashes: readonly string[]): Promise<void>;
  /** Deletes the factor and its codes. */
  delete(userId: string): Promise<void>;
}
