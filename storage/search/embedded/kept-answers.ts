import type { SearchRequest } from '../search-index.ts';
import { Kept } from './kept.ts';
import type { Answer } from './protocol.ts';

const most = 256;

/**
 * Answers as they were handed over, by what was asked, until the index changes: what many look for at once is looked up
 * once.
 */
export class KeptAnswers {
  private readonly answers = new Kept<Promise<Answer>>(most);

  /** @param find is handed the request as JSON */
  get(request: SearchRequest, find: (asked: string) => Promise<Answer>): Promise<Answer> {
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
