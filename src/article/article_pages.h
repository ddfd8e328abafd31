/* The room where articles and pages are written.
 *
 *   /arbete/artiklar                      all of them, with their state and when they were reviewed
 *   /arbete/artiklar/ny                   a new article
 *   /arbete/artiklar/:id                  one: what readers see, what is planned, its versions
 *   /arbete/artiklar/:id/andra            its text
 *   /arbete/artiklar/:id/publicera        now, or at a time
 *   /arbete/artiklar/:id/version/:number  an earlier version beside another
 *   /arbete/artiklar/:id/bild             its picture
 *   /bilder/:file                         a picture, for everyone
 *   /arbete/artiklar/:id/visa/:number     as readers would see it: src/public draws that, as it draws theirs
 */
#ifndef LYKTA_ARTICLE_ARTICLE_PAGES_H
#define LYKTA_ARTICLE_ARTICLE_PAGES_H

#include "portal/room.h"

extern const struct portal_room article_room;

#endif
