import { z } from 'zod';
import { endpoint, Id, Moment, Nothing, Paging, pageOf, prose } from '../http/contract.ts';
import { ResourceCard, verbs } from '../resources/contract.ts';

/** What colleagues say of a resource: reviewers before it is published, readers after. */

export const listReviews = endpoint({
  method: 'get',
  path: '/api/reviews',
  summary: {
    'zh-CN': '列出等待该成员审核的草稿，等待最久的在前。',
    en: 'Drafts that wait for a decision of the member, those that wait longest first.',
  },
  asks: 'signed-in',
  query: Paging,
  answers: {
    200: pageOf(
      ResourceCard.extend({
        submitted: z.object({ at: Moment, by: z.object({ id: z.string(), name: z.string() }) }),
        can: z.array(z.enum(verbs)),
      }),
    ),
  },
});

const Stars = z.number().int().min(1).max(5);

export const Rating = z.object({
  member: z.string(),
  name: z.string(),
  organisation: z.string(),
  stars: Stars,
  comment: z.string(),
  /** Number of the version that it was given to. */
  version: z.number().int(),
  updatedAt: Moment,
});

const one = z.object({ id: Id });

export const listRatings = endpoint({
  method: 'get',
  path: '/api/resources/{id}/ratings',
  summary: {
    'zh-CN': '列出资源的评价，最新的在前，并给出汇总。',
    en: 'Ratings of a resource, newest first, and what they come to.',
  },
  asks: { action: 'read', subject: 'resource' },
  params: one,
  query: Paging,
  answers: {
    200: pageOf(Rating).extend({
      count: z.number().int(),
      /** Mean of the stars; null without any. */
      average: z.number().nullable(),
      /** How many gave one star, two, … five. */
      distribution: z.array(z.number().int()).length(5),
      /** The member's own. */
      mine: Rating.nullable(),
    }),
  },
});

export const rateResource = endpoint({
  method: 'put',
  path: '/api/resources/{id}/rating',
  summary: {
    'zh-CN': '给出或修改成员自己的星级和评论。',
    en: "Gives the member's stars and comment, or changes them.",
  },
  asks: { action: 'rate', subject: 'resource' },
  params: one,
  body: z.strictObject({ stars: Stars, comment: prose(2000).default('') }),
  answers: { 200: Rating },
  problems: ['reviews/own-resource', 'reviews/not-published'],
});

export const unrateResource = endpoint({
  method: 'delete',
  path: '/api/resources/{id}/rating',
  summary: { 'zh-CN': '撤回成员自己的评价。', en: "Takes the member's rating back." },
  asks: { action: 'rate', subject: 'resource' },
  params: one,
  answers: { 204: Nothing },
});
