"""An answer from passages, by OpenAI's Responses API with structured output."""

from collections.abc import Generator
from contextlib import contextmanager

import openai
from openai.types.responses import (
    EasyInputMessageParam,
    ParsedResponse,
    ResponseInputItemParam,
)
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
from runtime.shared.contracts.answerer import Answer, AnswerRequest, Usage
from runtime.shared.errors import InvalidRequestError, NotConfiguredError, UnavailableError

PUBLIC_URL = "https://api.openai.com/v1"

# The function lives for 30 s, and the API in front of its caller gives up after 29 s.
TIMEOUT = openai.Timeout(24.0, connect=3.0)

# Worth a second try while there is time for one: an answer that failed at once. The client's own
# retries would repeat a timeout too.
PASSING = (openai.RateLimitError, openai.InternalServerError)


def connected(api_key: str, base_url: str) -> openai.OpenAI:
    """Return a client; "" as base URL is the public service."""
    return openai.OpenAI(
        api_key=api_key,
        base_url=base_url or PUBLIC_URL,
        timeout=TIMEOUT,
        max_retries=0,
    )


def answer(request: AnswerRequest, client: openai.OpenAI, model: str) -> Answer:
    """Ask the model, and keep the citations that can be proven.

    Raises NotConfiguredError, UnavailableError, InvalidRequestError.
    """
    history: list[ResponseInputItemParam] = [
        EasyInputMessageParam(role=turn.role, content=turn.content)
        for turn in recent(request.history)
    ]
    question = EasyInputMessageParam(role="user", content=question_message(request))
    with explaining():
        response = second_try()(
            client.responses.parse,
            model=model,
            instructions=INSTRUCTIONS,
            input=[*history, question],
            text_format=Draft,
            max_output_tokens=request.max_output_tokens,
            # What tenants ask is not for the provider to keep.
            store=False,
        )
    draft = response.output_parsed
    if draft is None and not _refused(response):
        raise UnavailableError(f"OpenAI gave no answer: {response.status}")
    usage = response.usage
    return checked(
        draft,
        request.passages,
        provider="openai",
        model=response.model,
        usage=Usage(
            input_tokens=usage.input_tokens if usage else 0,
            output_tokens=usage.output_tokens if usage else 0,
        ),
    )


def _refused(response: ParsedResponse[Draft]) -> bool:
    """Tell whether the model replied that it will not answer, which is no outage."""
    return any(
        part.type == "refusal"
        for item in response.output
        if item.type == "message"
        for part in item.content
    )


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
    """Translate OpenAI's exceptions, without the request that they may quote."""
    try:
        yield
    except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
        raise NotConfiguredError("OpenAI refused the API key") from error
    except openai.NotFoundError as error:
        raise NotConfiguredError("OpenAI does not know the model") from error
    except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
        raise InvalidRequestError(f"OpenAI refused the request: {error.code}") from error
    except openai.APIStatusError as error:
        raise UnavailableError(f"OpenAI answered {error.status_code}") from error
    except openai.APIConnectionError as error:
        raise UnavailableError(f"OpenAI did not answer: {type(error).__name__}") from error
    except (openai.OpenAIError, ValidationError) as error:
        # An answer that was cut off, or is not what was asked for.
        raise UnavailableError(f"OpenAI's answer is unusable: {type(error).__name__}") from None
