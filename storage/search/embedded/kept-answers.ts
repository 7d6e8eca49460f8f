import type { SearchAnswer, SearchRequest } from '../search-index.ts';
import { Kept } from './kept.ts';

const most = 256;

/** Answers by what was asked, until the index changes: what many look for at once is looked up once. */
export class KeptAnswers {
  private readonly answers = new Kept<Promise<SearchAnswer>>(most);

  /** @param find is handed the request as JSON */
  get(request: SearchRequest, find: (asked: string) => Promise<SearchAnswer>): Promise<SearchAnswer> {
    const asked = JSON.stringify(request);
    return this.answers.get(asked, () => {
      const answer = find(asked);
      answer.catch(() => this.answers.drop(asked, answer));
      return answer;
    });
  }

  clear(): void {
    this.answers.clear();
  }
}
