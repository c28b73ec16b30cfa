"""Rendering: plans and a theme to bytes. Pure: reads no file, knows no clock, decides nothing about what is shown."""

from zwgk_site.stages.render.pages import PageRenderer, body_key, render_body, render_text_file, reuse_body
from zwgk_site.stages.render.templates import BytecodeStore, TemplateFault
from zwgk_site.stages.render.theme import Renderer, compile_theme

__all__ = [
    "BytecodeStore",
    "PageRenderer",
    "Renderer",
    "TemplateFault",
    "body_key",
    "compile_theme",
    "render_body",
    "render_text_file",
    "reuse_body",
]
