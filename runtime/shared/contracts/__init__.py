"""What library functions are asked and what they answer: one module for each library.

Caller and function import the same module, so that neither can say something the other does not
know. The two answering models (openai, anthropic) share `answerer`.
"""
