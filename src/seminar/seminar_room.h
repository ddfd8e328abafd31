/* The room of seminars: what `lykta serve` is told of it.
 *
 *   /seminarier                       those that are coming; as calendar and Atom feed too
 *   /seminarier/:id                   one of them; its calendar entry; signing up; checking in
 *   /seminarier/anmalan/:link         a guest's own page, by the link in the letter
 *   /seminarier/inbjudan/:link        an answer to an invitation
 *   /utskick/avsluta/:link            no more mailings (RFC 8058)
 *   /arbete/seminarier                the coordinator's: make, invite, answers, attendance, thanks */
#ifndef LYKTA_SEMINAR_SEMINAR_ROOM_H
#define LYKTA_SEMINAR_SEMINAR_ROOM_H

#include "portal/room.h"

struct request;
struct seminar_office;

extern const struct portal_room seminar_room;

/* The office, for a request: on its connection. */
struct seminar_office seminar_office_for(const struct request *r);

#endif
