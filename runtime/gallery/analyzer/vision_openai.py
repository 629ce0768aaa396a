"""An OpenAI model looks at the picture; structured output keeps the answer in our schema."""

from openai import (
    APIConnectionError,
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    LengthFinishReasonError,
    NotFoundError,
    OpenAI,
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


class OpenAIVision:
    """Implements `vision.Provider`."""

    def __init__(self, key: SecretStr, model: str, base_url: str) -> None:
        """Ask `model`; `base_url` "" is the public service."""
        self._model = model
        self._client = OpenAI(
            api_key=key.get_secret_value(),
            base_url=base_url or None,
            timeout=TIMEOUT_SECONDS,
            max_retries=RETRIES,
        )

    def look(self, subject: Subject) -> Looked:
        """Return the model's answer."""
        picture = f"data:image/jpeg;base64,{subject.picture.jpeg_base64()}"
        try:
            response = self._client.responses.parse(
                model=self._model,
                max_output_tokens=MOST_TOKENS,
                instructions=INSTRUCTIONS,
                input=[
                    {
                        "role": "user",
                        "content": [
                            {"type": "input_text", "text": QUESTION},
                            {"type": "input_image", "image_url": picture, "detail": "high"},
                        ],
                    }
                ],
                text_format=Answer,
                store=False,
            )
        except (AuthenticationError, NotFoundError, PermissionDeniedError) as error:
            raise NotConfiguredError("OpenAI refused the key or the model") from error
        except BadRequestError as error:
            explanation = f"The vision service refused the request {error.request_id}."
            raise RejectedError("refused", explanation) from error
        except (APIConnectionError, APIStatusError) as error:
            raise UnavailableError(f"OpenAI did not answer: {type(error).__name__}") from error
        except (ValidationError, LengthFinishReasonError) as error:
            raise UnavailableError("OpenAI's answer does not have the structure") from error
        if response.output_parsed is None:
            if response.status == "completed":
                raise RejectedError("refused", "The vision model declined to describe the image.")
            raise UnavailableError(f"OpenAI's answer is incomplete: {response.status}")
        details = {
            "prompt_version": VERSION,
            "response_id": response.id,
            "input_tokens": response.usage.input_tokens if response.usage else 0,
            "output_tokens": response.usage.output_tokens if response.usage else 0,
        }
        return Looked(response.output_parsed, "openai", response.model, details)
