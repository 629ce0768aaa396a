"""Claude looks at the picture; structured output keeps the answer in our schema."""

from anthropic import (
    Anthropic,
    APIConnectionError,
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    NotFoundError,
    PermissionDeniedError,
)
from pydantic import SecretStr, ValidationError

from runtime.gallery.analyzer.answer import Answer
from runtime.gallery.analyzer.prompt import INSTRUCTIONS, QUESTION, VERSION
from runtime.gallery.analyzer.vision import Looked, Subject
from runtime.shared.errors import NotConfiguredError, RejectedError, UnavailableError

MOST_TOKENS = 4096
# Two attempts fit the function's 300 s beside download and storage.
TIMEOUT_SECONDS, RETRIES = 100, 1


class AnthropicVision:
    """Implements `vision.Provider`."""

    def __init__(self, key: SecretStr, model: str, base_url: str) -> None:
        """Ask `model`; `base_url` "" is the public service."""
        self._model = model
        self._client = Anthropic(
            api_key=key.get_secret_value(),
            base_url=base_url or None,
            timeout=TIMEOUT_SECONDS,
            max_retries=RETRIES,
        )

    def look(self, subject: Subject) -> Looked:
        """Return the model's answer."""
        try:
            message = self._client.messages.parse(
                model=self._model,
                max_tokens=MOST_TOKENS,
                system=INSTRUCTIONS,
                messages=[
                    {
                        "role": "user",
                        "content": [
                            {
                                "type": "image",
                                "source": {
                                    "type": "base64",
                                    "media_type": "image/jpeg",
                                    "data": subject.picture.jpeg_base64(),
                                },
                            },
                            {"type": "text", "text": QUESTION},
                        ],
                    }
                ],
                output_format=Answer,
            )
        except (AuthenticationError, NotFoundError, PermissionDeniedError) as error:
            raise NotConfiguredError("Anthropic refused the key or the model") from error
        except BadRequestError as error:
            explanation = f"The vision service refused the request {error.request_id}."
            raise RejectedError("refused", explanation) from error
        except (APIConnectionError, APIStatusError) as error:
            raise UnavailableError(f"Anthropic did not answer: {type(error).__name__}") from error
        except ValidationError as error:
            raise UnavailableError("Anthropic's answer does not have the structure") from error
        if message.stop_reason == "refusal":
            raise RejectedError("refused", "The vision model declined to describe the image.")
        if message.parsed_output is None:
            raise UnavailableError(f"Anthropic's answer is incomplete: {message.stop_reason}")
        details = {
            "prompt_version": VERSION,
            "response_id": message.id,
            "input_tokens": message.usage.input_tokens,
            "output_tokens": message.usage.output_tokens,
        }
        return Looked(message.parsed_output, "anthropic", message.model, details)
