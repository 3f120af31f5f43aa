export type { Backoff } from "./backoff.ts";
export { type CreateJobsOptions, createJobs } from "./create-jobs.ts";
export type { JobRecord, JobState, QueueCounts, ScheduleRecord } from "./engine.ts";
export { giveUp } from "./errors.ts";
export type { JobContext, JobDefinition, JobType } from "./job-definition.ts";
export { type JobLists, readJobLists } from "./job-lists.ts";
export type { EnqueueOptions, JobChange, JobStats, Jobs, ScheduleOptions, StartOptions } from "./jobs.ts";
export {
  type JobsDashboardKit,
  type JobsDashboardOptions,
  type JobsDashboardPart,
  jobsDashboard,
} from "./jobs-dashboard.tsx";
export { JobsView, type JobsViewProps } from "./jobs-view.tsx";
