"""Practising: answers, stories, reviews, mock interviews."""
