"""Chooses who looks at an image: the configured vision model, or none while there is no key."""

from typing import Literal

from pydantic import SecretStr

from runtime.gallery.analyzer.vision import Provider
from runtime.gallery.analyzer.without_model import WithoutModel
from runtime.gallery.shared.parameters import Parameters
from runtime.shared.library import Library
from runtime.shared.settings import Settings
from runtime.shared.work_folder import UrlSigner


class VisionSettings(Settings):
    """Which model, and where."""

    vision_provider: Literal["anthropic", "openai", "local"]
    vision_model: str
    """Name at the provider; not used by `local`."""
    vision_key_parameter: str
    """SecureString with the provider's key; "" for none."""
    vision_base_url: str
    """"" is the provider's public service."""
    ocr_function: str
    """Name or ARN of the library function that reads text."""


class Providers:
    """Keeps the client of the provider as long as its key stays the same."""

    def __init__(
        self,
        settings: VisionSettings,
        parameters: Parameters,
        library: Library,
        signer: UrlSigner,
    ) -> None:
        """Look the key up when it is needed; nothing is called yet."""
        self._settings, self._parameters = settings, parameters
        self._without_model = WithoutModel(library, settings.ocr_function, signer)
        self._key: SecretStr | None = None
        self._model: Provider = self._without_model

    def chosen(self) -> Provider:
        """Return the configured provider, or what works without a key while there is none."""
        settings = self._settings
        if settings.vision_provider == "local":
            return self._without_model
        key = self._parameters.key(settings.vision_key_parameter)
        if key != self._key:
            self._key, self._model = key, self._connected(key)
        return self._model

    def _connected(self, key: SecretStr | None) -> Provider:
        if key is None:
            return self._without_model
        model, base_url = self._settings.vision_model, self._settings.vision_base_url
        # Imported here: each of the two clients costs a cold start about half a second.
        if self._settings.vision_provider == "anthropic":
            from runtime.gallery.analyzer.vision_anthropic import AnthropicVision  # noqa: PLC0415

            return AnthropicVision(key, model, base_url)
        from runtime.gallery.analyzer.vision_openai import OpenAIVision  # noqa: PLC0415

        return OpenAIVision(key, model, base_url)
