"""The commands of ``strategiemonitor``, one small module each; nothing heavy is imported before it is needed."""
