"""An answer from passages, by Anthropic's Messages API with structured output."""

from collections.abc import Generator
from contextlib import contextmanager

import anthropic
from anthropic.types import AssistantMessageParam, UserMessageParam
from pydantic import ValidationError
from tenacity import (
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_after_delay,
    wait_random,
)

from runtime.shared.answer_prompt import INSTRUCTIONS
from runtime.shared.answering import Draft, checked, question_message, recent
from runtime.shared.contracts.answerer import Answer, AnswerRequest, Turn, Usage
from runtime.shared.errors import InvalidRequestError, NotConfiguredError, UnavailableError

PUBLIC_URL = "https://api.anthropic.com"

# The function lives for 30 s, and the API in front of its caller gives up after 29 s.
TIMEOUT = anthropic.Timeout(24.0, connect=3.0)

# Worth a second try while there is time for one: an answer that failed at once. The client's own
# retries would repeat a timeout too.
PASSING = (anthropic.RateLimitError, anthropic.InternalServerError)


def connected(api_key: str, base_url: str) -> anthropic.Anthropic:
    """Return a client; "" as base URL is the public service."""
    return anthropic.Anthropic(
        api_key=api_key,
        base_url=base_url or PUBLIC_URL,
        timeout=TIMEOUT,
        max_retries=0,
    )


def answer(request: AnswerRequest, client: anthropic.Anthropic, model: str) -> Answer:
    """Ask the model, and keep the citations that can be proven.

    Raises NotConfiguredError, UnavailableError, InvalidRequestError.
    """
    history = [_message(turn) for turn in recent(request.history)]
    with explaining():
        response = second_try()(
            client.messages.parse,
            model=model,
            system=INSTRUCTIONS,
            messages=[*history, UserMessageParam(role="user", content=question_message(request))],
            output_format=Draft,
            max_tokens=request.max_output_tokens,
        )
    draft = response.parsed_output
    # A refusal is a reply, and no outage.
    # https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons
    if draft is None and response.stop_reason != "refusal":
        raise UnavailableError(f"Anthropic gave no answer: {response.stop_reason}")
    return checked(
        draft,
        request.passages,
        provider="anthropic",
        model=response.model,
        usage=Usage(
            input_tokens=response.usage.input_tokens, output_tokens=response.usage.output_tokens
        ),
    )


def _message(turn: Turn) -> UserMessageParam | AssistantMessageParam:
    if turn.role == "user":
        return UserMessageParam(role="user", content=turn.content)
    return AssistantMessageParam(role="assistant", content=turn.content)


def second_try() -> Retrying:
    """Repeat a call once, after a short pause, if it failed within the first seconds."""
    return Retrying(
        retry=retry_if_exception_type(PASSING),
        stop=stop_after_attempt(2) | stop_after_delay(4),
        wait=wait_random(0.2, 0.8),
        reraise=True,
    )


@contextmanager
def explaining() -> Generator[None]:
    """Translate Anthropic's exceptions, without the request that they may quote."""
    try:
        yield
    except (anthropic.AuthenticationError, anthropic.PermissionDeniedError) as error:
        raise NotConfiguredError("Anthropic refused the API key") from error
    except anthropic.NotFoundError as error:
        raise NotConfiguredError("Anthropic does not know the model") from error
    except (anthropic.BadRequestError, anthropic.UnprocessableEntityError) as error:
        raise InvalidRequestError(f"Anthropic refused the request: {error.type}") from error
    except anthropic.APIStatusError as error:
        raise UnavailableError(f"Anthropic answered {error.status_code}") from error
    except anthropic.APIConnectionError as error:
        raise UnavailableError(f"Anthropic did not answer: {type(error).__name__}") from error
    except (anthropic.AnthropicError, ValidationError) as error:
        # An answer that was cut off, or is not what was asked for.
        raise UnavailableError(f"Anthropic's answer is unusable: {type(error).__name__}") from None
