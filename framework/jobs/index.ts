export type { Backoff } from "./backoff.ts";
export { type CreateJobsOptions, createJobs } from "./create-jobs.ts";
export type { JobRecord, JobState, QueueCounts, ScheduleRecord } from "./engine.ts";
export { giveUp } from "./errors.ts";
export type { JobContext, JobDefinition, JobType } from "./job-definition.ts";
export type { EnqueueOptions, JobChange, JobStats, Jobs, ScheduleOptions, StartOptions } from "./jobs.ts";
