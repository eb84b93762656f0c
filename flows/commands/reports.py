"""reports placeholder"""
